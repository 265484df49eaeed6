import { type Type } from '@nestjs/common';
import { ArgsType, Directive, Field, Int, ObjectType } from '@nestjs/graphql';
import { GraphQLError } from 'graphql';
import { Access, EVERYBODY } from './access.js';

/** The longest page that can be asked for. */
export const PAGE_LIMIT = 100;

/** Forward paging: the newest first, by id, so a page never shifts while new things arrive. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: 'How many, 1 to 100.' })
  first!: number;

  @Field(() => String, { nullable: true, description: 'The endCursor of the page before.' })
  after?: string | null;
}

/** A page as readers take it: fetch `limit` rows with `id < beforeId`, newest first; one row more than asked tells of a next page. */
export interface Page {
  readonly limit: number;
  readonly beforeId: string | null;
}

@ObjectType({ description: 'Where a page ends and whether another follows.' })
@Directive('@shareable')
@Access(...EVERYBODY)
export class PageInfo {
  @Field()
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Give it as `after` to get the next page.' })
  endCursor!: string | null;
}

/** What {@link connectionOf} types resolve from. */
export interface Connection<Node> {
  readonly edges: readonly { readonly node: Node; readonly cursor: string }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
}

/** Declares `<Name>Connection` and `<Name>Edge` for a node type; `name` is the node's GraphQL name. */
export function connectionOf<Node>(node: Type<Node>, name: string): Type<Connection<Node>> {
  @ObjectType(`${name}Edge`)
  @Access(...EVERYBODY)
  class Edge {
    @Field(() => node)
    node!: Node;

    @Field({ description: 'This node as a position: give it as `after`.' })
    cursor!: string;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${name}, newest first.` })
  @Access(...EVERYBODY)
  class NodeConnection implements Connection<Node> {
    @Field(() => [Edge])
    edges!: Edge[];

    @Field(() => [node], { description: 'The nodes of `edges`, for those who need no cursors.' })
    nodes!: Node[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;
  }
  return NodeConnection;
}

const ID = /^[a-z]+_[0-9a-z]{26}$/;

/** Checks the paging arguments. Throws BAD_USER_INPUT for a size out of bounds or a cursor that is none of ours: `position` says how those look. */
export function pageOf(args: PageArgs, position = ID): Page {
  if (args.first < 1 || args.first > PAGE_LIMIT) throw badInput(`first must be 1 to ${PAGE_LIMIT}`);
  if (args.after === undefined || args.after === null) return { limit: args.first + 1, beforeId: null };
  const beforeId = Buffer.from(args.after, 'base64url').toString('utf8');
  if (!position.test(beforeId)) throw badInput('after is not a cursor of this list');
  return { limit: args.first + 1, beforeId };
}

/** Cuts the rows of a page to a connection. */
export function connection<Node extends { readonly id: string }>(rows: readonly Node[], page: Page): Connection<Node> {
  const nodes = rows.slice(0, page.limit - 1);
  const edges = nodes.map((node) => ({ node, cursor: Buffer.from(node.id).toString('base64url') }));
  return {
    edges,
    nodes,
    pageInfo: { hasNextPage: rows.length > nodes.length, endCursor: edges.at(-1)?.cursor ?? null },
  };
}

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
