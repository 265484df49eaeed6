import { describe, expect, it } from '@jest/globals';
import { anIncident, NOW } from '../../test/an-update.js';
import { dueOccasions, type ExistingUpdate, type KnownIncident } from './due-occasions.js';

const draft = (occasion: ExistingUpdate['occasion']): ExistingUpdate => ({ occasion, state: 'DRAFT' });
const discarded: ExistingUpdate = { occasion: 'INVESTIGATING', state: 'DISCARDED' };

describe('due occasions', () => {
  it.each<[string, Partial<KnownIncident>, ExistingUpdate[], readonly string[]]>([
    ['a P1', { priority: 'P1' }, [], ['INVESTIGATING']],
    ['a P2', { priority: 'P2' }, [], ['INVESTIGATING']],
    ['a P3', { priority: 'P3' }, [], []],
    ['a P1 that has its draft', {}, [draft('INVESTIGATING')], []],
    ['a P1 whose draft was discarded', {}, [discarded], []],
    ['a P1 that is resolved before we heard of it', { phase: 'RESOLVED' }, [], []],
    ['a P3 with a rollback', { priority: 'P3', rollbackAcceptedAt: NOW }, [], ['ROLLING_BACK']],
    ['a P1 with a rollback', { rollbackAcceptedAt: NOW }, [draft('INVESTIGATING')], ['ROLLING_BACK']],
    [
      'a rollback that we heard of after the resolution',
      { phase: 'RESOLVED', rollbackAcceptedAt: NOW, priority: 'P3' },
      [],
      [],
    ],
    ['a rollback for an incident not known yet', { number: null, priority: null, rollbackAcceptedAt: NOW }, [], []],
    ['resolved, and people were told', { phase: 'RESOLVED' }, [draft('INVESTIGATING')], ['RESOLVED']],
    ['resolved, and nobody was told', { phase: 'RESOLVED', priority: 'P3' }, [], []],
    ['resolved, and what was to be told was discarded', { phase: 'RESOLVED' }, [discarded], []],
    ['resolved again', { phase: 'RESOLVED' }, [draft('INVESTIGATING'), draft('RESOLVED')], []],
    ['closed or canceled', { phase: 'OVER', rollbackAcceptedAt: NOW }, [draft('INVESTIGATING')], []],
    ['imported', { imported: true, rollbackAcceptedAt: NOW }, [], []],
  ])('%s', (_name, incident, updates, occasions) => {
    expect(dueOccasions(anIncident(incident), updates)).toEqual(occasions);
  });
});
