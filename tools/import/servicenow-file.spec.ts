import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UnreadableFile } from './csv-rows.mjs';
import { sampleLog } from './make-sample.mjs';
import { readServicenowFile } from './servicenow-file.mjs';
import { COLUMNS } from './servicenow-words.mjs';

const sample = fileURLToPath(new URL('sample.csv', import.meta.url));
const HEADER = COLUMNS.join(',');
const CELLS: Readonly<Record<string, string>> = {
  number: 'INC1',
  incident_state: 'New',
  opened_at: '29-02-2016 04:40',
  sys_updated_at: '29-02-2016 04:57',
  impact: '2 - Medium',
  urgency: '3 - Low',
  priority: '4 - Low',
};
const row = (cells: Record<string, string> = {}): string =>
  COLUMNS.map((column) => ({ ...CELLS, ...cells })[column] ?? '?').join(',');

describe('a ServiceNow log', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'graphdesk-import-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const read = (content: string | Buffer, zone = 'UTC'): ReturnType<typeof readServicenowFile> => {
    const file = join(folder, 'log.csv');
    writeFileSync(file, content);
    return readServicenowFile(file, { zone });
  };

  it('the committed sample is what its script makes, with mixed line ends, a byte order mark and quotes', () => {
    const text = readFileSync(sample, 'utf8');
    expect(text).toBe(sampleLog(40));
    expect(text.startsWith('\uFEFF')).toBe(true);
    for (const ugly of ['\r\n', '"Mail, calendar and ""rooms"""', ',?,']) expect(text).toContain(ugly);
  });

  it('becomes one history per number, in the order of the file', async () => {
    const { rows, histories, refused, notes } = await readServicenowFile(sample);
    expect({ rows, histories: histories.length, refused }).toEqual({ rows: 252, histories: 40, refused: [] });
    expect(histories.flatMap(({ entries }) => entries)).toHaveLength(252);
    expect(notes.map(({ line }) => line)).toEqual([30, 104, 174, 241]);
    expect(histories.map(({ entries }) => entries[0]?.state)).toEqual(
      expect.arrayContaining(['NEW', 'IN_PROGRESS', 'ON_HOLD', 'RESOLVED']),
    );
    const seen = new Set(histories.flatMap(({ entries }) => entries.map(({ priority }) => priority)));
    expect([...seen].sort()).toEqual(['P1', 'P2', 'P3', 'P4']);
  });

  it('rows of several incidents may be mingled, and columns stand in any order', async () => {
    const columns = [...COLUMNS].reverse();
    const swapped = (cells: Record<string, string>): string => row(cells).split(',').reverse().join(',');
    const { histories } = await read(
      [
        columns.join(','),
        swapped({}),
        swapped({ number: 'INC2' }),
        swapped({ incident_state: 'Awaiting Vendor', sys_updated_at: '01-03-2016 09:14', assigned_to: 'Resolver  7' }),
      ].join('\n'),
    );
    expect(histories.map(({ number, entries }) => [number, entries.map(({ line }) => line)])).toEqual([
      ['INC1', [2, 4]],
      ['INC2', [3]],
    ]);
    expect(histories[0]?.entries[1]).toMatchObject({
      state: 'ON_HOLD',
      onHoldReason: 'AWAITING_VENDOR',
      impact: 'MEDIUM',
      urgency: 'LOW',
      at: '2016-03-01T09:14:00.000Z',
      owner: 'Resolver 7',
      team: null,
    });
  });

  it('lines are counted over breaks inside quotes, empty lines and all ends of line', async () => {
    const quoted = row({ category: '"one\r\ntwo"' });
    const bad = row({ number: 'INC9', incident_state: 'Lost' });
    const { refused, rows } = await read(`${HEADER}\r\n${quoted}\n\n${row()}\r${bad}`);
    expect({ rows, refused }).toMatchObject({ rows: 3, refused: [{ line: 6, number: 'INC9' }] });
  });

  it.each([
    ['an unknown state', { incident_state: 'Lost' }, 'incident_state "Lost" is not known'],
    ['an unknown impact', { impact: '4 - None' }, 'impact "4 - None" is not known'],
    ['an unknown urgency', { urgency: '?' }, 'urgency "?" is not known'],
    ['a day that is none', { sys_updated_at: '31-02-2016 04:57' }, 'sys_updated_at "31-02-2016 04:57" is no moment'],
    ['a month first', { opened_at: '02-29-2016 04:57' }, 'opened_at "02-29-2016 04:57" is no moment'],
    ['an hour that is none', { opened_at: '29-02-2016 24:00' }, 'opened_at "29-02-2016 24:00" is no moment'],
  ])('%s refuses its incident with all of its rows, and the others go on', async (_case, cells, reason) => {
    const lines = [
      HEADER,
      row({}),
      row({ number: 'INC2' }),
      row({ ...cells, number: 'INC2' }),
      row({ number: 'INC2' }),
    ];
    const { histories, refused } = await read(lines.join('\n'));
    expect(histories.map(({ number }) => number)).toEqual(['INC1']);
    expect(refused).toEqual([{ line: 4, number: 'INC2', rows: 3, reason: expect.stringContaining(reason) }]);
  });

  it('a row with too few cells, and one without a number, are refused and accounted for', async () => {
    const { refused, rows } = await read([HEADER, row(), 'INC3,New', row({ number: '?' })].join('\n'));
    expect(rows).toBe(3);
    expect(refused).toEqual([
      { line: 3, number: 'INC3', rows: 1, reason: 'it has 2 cells, the header has 23' },
      { line: 4, number: '?', rows: 1, reason: 'it has no number' },
    ]);
  });

  it('a header alone is a log without rows', async () => {
    expect(await read(`${HEADER}\n`)).toEqual({ rows: 0, histories: [], refused: [], notes: [] });
  });

  it.each([
    ['nothing', '', 'The file is empty.'],
    ['JSON', '{"incidents": [1, 2]}', 'Line 1 is no header of a CSV file.'],
    ['another table', 'id,name\n1,Ann', 'The header on line 1 lacks the columns number, incident_state'],
    ['a missing column', HEADER.replace(',priority', ''), 'The header on line 1 lacks the columns priority.'],
    ['a column twice', `${HEADER},priority`, 'The header on line 1 has the column priority twice.'],
    ['bytes that are no text', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 8]), 'The file is not text.'],
    ['another encoding', Buffer.from(`${HEADER}\nINC1,Caf\xe9`, 'latin1'), 'The file is not text in UTF-8.'],
    ['a quote left open', [HEADER, row(), row({ category: '"open' }), row()].join('\n'), 'begins on line 3'],
    [
      'a quote left open, and another one later',
      [HEADER, row(), row({ category: '"open' }), row(), row({ category: '"shut"' })].join('\n'),
      'begins on line 3',
    ],
    [
      'a quote left open before very many rows',
      [HEADER, row({ category: '"open' }), ...Array<string>(2_000).fill(row())].join('\n'),
      'begins on line 2',
    ],
  ])('%s cannot be read, and the reason says where', async (_case, content, message) => {
    const reading = read(content);
    await expect(reading).rejects.toThrow(UnreadableFile);
    await expect(reading).rejects.toThrow(message);
  });

  it.each([
    ['UTC', '29-02-2016 04:40', '2016-02-29T04:40:00.000Z'],
    ['+02:00', '29-02-2016 04:40', '2016-02-29T02:40:00.000Z'],
    ['Europe/Berlin', '29-02-2016 04:40', '2016-02-29T03:40:00.000Z'],
    ['Europe/Berlin', '29-07-2016 04:40', '2016-07-29T02:40:00.000Z'],
  ])('in %s, %s is %s', async (zone, opened, instant) => {
    const { histories } = await read([HEADER, row({ opened_at: opened })].join('\n'), zone);
    expect(histories[0]?.openedAt).toBe(instant);
  });

  it.each(['Mars/Olympus', '+25:00', '+02:75'])(
    'the zone %s does not exist: refused before anything is read',
    async (zone) => {
      await expect(read(HEADER, zone)).rejects.toThrow(`There is no zone ${zone}.`);
    },
  );

  it('a file that may not be opened, or is no file, is said to be that', async () => {
    await expect(readServicenowFile(join(folder, 'log.csv', 'x'))).rejects.toThrow(
      'The file cannot be opened: ENOTDIR',
    );
    await expect(readServicenowFile(folder)).rejects.toThrow('It is a folder.');
  });
});
