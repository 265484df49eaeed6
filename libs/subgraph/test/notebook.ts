import { newId } from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import { decide, refuse } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { Controller, Injectable, Module, Param, Post, Req } from '@nestjs/common';
import { Args, Directive, Field, ID, Mutation, ObjectType, Query, Resolver, ResolveReference } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import {
  Access,
  CurrentActor,
  EVERYBODY,
  HookError,
  MutationError,
  payload,
  type RequestContext,
  type SubgraphDefinition,
} from '../src/index.js';
import { CreateNotebook1795000000001, NoteRecord, NotesRepository } from './note.record.js';

/** Lets a spec hold a request in the middle: `entered` tells that it is there, `open` lets it go on. */
@Injectable()
export class Gate {
  private enter: () => void = () => undefined;
  open: () => void = () => undefined;
  readonly entered = new Promise<void>((resolve) => (this.enter = resolve));
  private readonly opened = new Promise<void>((resolve) => (this.open = resolve));

  pass(): Promise<void> {
    this.enter();
    return this.opened;
  }
}

@ObjectType('Note')
@Directive('@key(fields: "id")')
@Access(...EVERYBODY)
class NoteType {
  @Field(() => ID)
  id!: string;

  @Field()
  text!: string;

  @Field(() => String, { nullable: true, description: 'Not for everybody.' })
  @Access('admin')
  key!: string | null;
}

@ObjectType()
@Access(...EVERYBODY)
class NotePayload {
  @Field(() => NoteType, { nullable: true })
  note!: NoteType | null;

  @Field(() => [MutationError])
  errors!: MutationError[];
}

@Resolver(() => NoteType)
class NotesResolver {
  constructor(
    private readonly database: TenantDatabase,
    private readonly notes: NotesRepository,
    private readonly gate: Gate,
  ) {}

  @Query(() => NoteType, { nullable: true })
  @Access(...EVERYBODY)
  note(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<NoteRecord | null> {
    return this.database.transaction(actor.tenantId, (tx) => tx.findOneBy(NoteRecord, { id }));
  }

  @Query(() => String, { description: 'Answers when the gate opens.' })
  @Access(...EVERYBODY)
  async slow(): Promise<string> {
    await this.gate.pass();
    return 'finished';
  }

  @Query(() => String, { nullable: true, description: 'Fails as code fails: with SQL and places in its message.' })
  @Access(...EVERYBODY)
  broken(@CurrentActor() actor: Actor): Promise<string> {
    return this.database.transaction(actor.tenantId, (tx) => tx.query('SELECT secret_column FROM notebook.note'));
  }

  @Mutation(() => NotePayload)
  @Access('admin')
  async writeNote(
    @CurrentActor() actor: Actor,
    @Args('key') key: string,
    @Args('text') text: string,
  ): Promise<NotePayload> {
    const written = decide<NoteRecord, { kind: 'note-written'; at: Date }>({}, [
      { kind: 'note-written', at: new Date() },
    ]);
    const note = { id: newId('problem'), key, text };
    return payload('note', await this.notes.create(actor, note, written.facts, refuse('KEY_TAKEN', 'taken')));
  }

  @ResolveReference()
  reference({ id }: { id: string }, { actor }: RequestContext): Promise<NoteRecord | null> {
    return this.note(actor, id);
  }
}

@Controller('hooks')
class EchoController {
  /** The sender's bytes as they arrived. */
  @Post('echo')
  echo(@Req() request: FastifyRequest): { base64: string | null } {
    return { base64: request.rawBody?.toString('base64') ?? null };
  }

  @Post('refusing')
  refusing(): never {
    throw new HookError(400, 'INVALID_PAYLOAD', 'not a list', 'alerts');
  }

  /** Refuses as Fastify does: an error with a status and words of its own. */
  @Post('refused/:status')
  refused(@Param('status') status: string): never {
    throw Object.assign(new Error('secret words of a framework'), { statusCode: Number(status) });
  }

  @Post('broken')
  broken(): never {
    throw new Error('SELECT secret_column FROM notebook.note');
  }

  @Post('thrown')
  thrown(): Promise<never> {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what the spec is about
    return Promise.reject('a secret');
  }

  /** Fails as a driver does while the server is away. */
  @Post('passing/:code')
  passing(@Param('code') code: string): never {
    throw Object.assign(new Error('secret address 10.0.0.7'), { code });
  }
}

@Module({ controllers: [EchoController], providers: [Gate, NotesRepository, NotesResolver] })
class NotebookModule {}

/** The smallest service there can be: one record, a query, a mutation, a webhook. */
export const notebook: SubgraphDefinition = {
  name: 'notebook',
  module: NotebookModule,
  records: [NoteRecord],
  migrations: [CreateNotebook1795000000001],
  reactions: [],
};
