import {
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  Kind,
  parse,
  validate,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { streamField, type StreamField } from './stream-fields.js';
import { StreamRefusal, streamFault } from './stream-fault.js';

/** A subscription as a client sends it. */
export interface StreamPayload {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly operationName?: string | null | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

/** A subscription that can be planned. */
export interface StreamRequest {
  readonly field: StreamField;
  /** The root field's arguments, coerced; only those that were given and are not null. */
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

const TOKEN_LIMIT = 1_500;

/** Parses a document; undefined operation means there is none of that name. Throws GRAPHQL_PARSE_FAILED. */
export function readDocument(payload: StreamPayload): { document: DocumentNode; operation?: OperationDefinitionNode } {
  try {
    const document = parse(payload.query, { maxTokens: TOKEN_LIMIT });
    return { document, operation: getOperationAST(document, payload.operationName) ?? undefined };
  } catch (error) {
    throw withCode(error, 'GRAPHQL_PARSE_FAILED');
  }
}

/** Validates a subscription. Throws a GraphQLError, or a StreamRefusal with all that validation or coercion found. */
export function readStreamRequest(
  schema: GraphQLSchema,
  { document, operation }: { document: DocumentNode; operation: OperationDefinitionNode },
  payload: StreamPayload,
): StreamRequest {
  const root = onlyRootField(document, operation);
  const invalid = validate(schema, document);
  if (invalid.length > 0) throw new StreamRefusal(invalid.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')));
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], payload.variables ?? {});
  if (coerced.errors) throw new StreamRefusal(coerced.errors.map((error) => withCode(error, 'BAD_USER_INPUT')));
  const field = streamField(root.name.value);
  const definition = schema.getSubscriptionType()?.getFields()[root.name.value];
  if (!field || !definition) {
    throw streamFault('GRAPHQL_VALIDATION_FAILED', { message: `"${root.name.value}" cannot be subscribed to.` });
  }
  const given = Object.entries(getArgumentValues(definition, root, coerced.coerced)).filter(
    ([, value]) => value != null,
  );
  return { field, arguments: Object.fromEntries(given), document, operation, variables: coerced.coerced };
}

/**
 * The one root field. A condition on it would mean a subscription to nothing; graphql-js throws on such a document rather
 * than reporting it, so it is refused before validation.
 */
function onlyRootField(document: DocumentNode, operation: OperationDefinitionNode): FieldNode {
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  const visited = new Set<string>();
  const roots: FieldNode[] = [];
  const collect = (selection: SelectionNode): void => {
    if (selection.directives?.some(({ name }) => name.value === 'skip' || name.value === 'include')) {
      throw streamFault('GRAPHQL_VALIDATION_FAILED', {
        message: "A subscription's root field cannot depend on @skip or @include.",
      });
    }
    if (selection.kind === Kind.FIELD) return void roots.push(selection);
    if (selection.kind === Kind.INLINE_FRAGMENT) return selection.selectionSet.selections.forEach(collect);
    if (visited.has(selection.name.value)) return;
    visited.add(selection.name.value);
    fragments.get(selection.name.value)?.selectionSet.selections.forEach(collect);
  };
  operation.selectionSet.selections.forEach(collect);
  const [root] = roots;
  if (!root || roots.some(({ name }) => name.value !== root.name.value || name.value.startsWith('__'))) {
    throw streamFault('GRAPHQL_VALIDATION_FAILED', { message: 'A subscription has exactly one root field.' });
  }
  return root;
}

function withCode(error: unknown, code: string): GraphQLError {
  if (!(error instanceof GraphQLError)) throw error;
  const { message, nodes, source, positions, path } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions: { code } });
}
