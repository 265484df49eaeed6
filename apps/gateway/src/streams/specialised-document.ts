import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type InlineFragmentNode,
  type OperationDefinitionNode,
} from 'graphql';

type Conditional = FieldNode | FragmentSpreadNode | InlineFragmentNode;
type Variables = Readonly<Record<string, unknown>>;

/** Stands where every field of a selection was left out by its conditions; taken out of the result again. */
export const NOTHING_SELECTED = '__nothing';

/**
 * The document with its conditions resolved: what `@skip` and `@include` leave out is gone, and so are fragments and
 * variables that are no longer used. Planned as it stands, so no plan has conditions: the planner drops whole entities
 * where a required field and its dependent have opposite conditions.
 */
export function specialise(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): DocumentNode {
  const decide = (node: Conditional): Conditional | null | undefined => {
    if (!node.directives?.some(isCondition)) return undefined;
    const skip = getDirectiveValues(GraphQLSkipDirective, node, variables);
    const include = getDirectiveValues(GraphQLIncludeDirective, node, variables);
    if (skip?.if === true || include?.if === false) return null;
    return { ...node, directives: node.directives.filter((directive) => !isCondition(directive)) };
  };
  const resolved: DocumentNode = visit(document, {
    Field: { enter: decide },
    InlineFragment: { enter: decide },
    FragmentSpread: { enter: decide },
    SelectionSet: {
      leave: (node) => (node.selections.length > 0 ? undefined : { ...node, selections: [nothingSelected] }),
    },
  });
  return withoutUnused(resolved, operation.name?.value);
}

const isCondition = ({ name }: { name: { value: string } }): boolean =>
  name.value === 'skip' || name.value === 'include';

const nothingSelected: FieldNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: NOTHING_SELECTED },
  name: { kind: Kind.NAME, value: '__typename' },
};

function withoutUnused(document: DocumentNode, operationName: string | undefined): DocumentNode {
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode =>
      node.kind === Kind.OPERATION_DEFINITION && node.name?.value === operationName,
  );
  if (!operation) throw new Error('the operation is gone');
  const fragments = new Map(
    document.definitions
      .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const used = new Map<string, FragmentDefinitionNode>();
  const variables = new Set<string>();
  const follow = (root: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(root, {
      VariableDefinition: () => false,
      Variable: (node) => void variables.add(node.name.value),
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (!fragment || used.has(name.value)) return;
        used.set(name.value, fragment);
        follow(fragment);
      },
    });
  };
  follow(operation);
  const variableDefinitions = operation.variableDefinitions?.filter(({ variable }) =>
    variables.has(variable.name.value),
  );
  return { kind: Kind.DOCUMENT, definitions: [{ ...operation, variableDefinitions }, ...used.values()] };
}

/** A result without the stand-ins; changes `data` in place. */
export function dropNothingSelected(data: unknown): void {
  if (Array.isArray(data)) return data.forEach(dropNothingSelected);
  if (typeof data !== 'object' || data === null) return;
  delete (data as Record<string, unknown>)[NOTHING_SELECTED];
  Object.values(data).forEach(dropNothingSelected);
}
