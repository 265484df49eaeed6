// A CSV file as rows with their lines. Line ends may be mixed, the order of columns is free, a mark of byte order is skipped.
import { parse } from 'csv-parse';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** The file cannot be read as what it is said to be: nothing of it is imported. */
export class UnreadableFile extends Error {}

/** A row longer than this, in characters, is a quote that was left open rather than a row. */
const ROW_LIMIT = 64 * 1024;

const QUOTING = new Set([
  'CSV_QUOTE_NOT_CLOSED',
  'CSV_INVALID_CLOSING_QUOTE',
  'CSV_MAX_RECORD_SIZE',
  'INVALID_OPENING_QUOTE',
]);

/**
 * @template {string} Column
 * @typedef {object} Row
 * @property {number} line where it begins, the header being line 1
 * @property {Record<Column, string>} cells
 * @property {string} [fault] it has more or fewer cells than the header
 */

/**
 * Reads the whole file and hands over row by row.
 * @template {string} Column
 * @param {string} file
 * @param {readonly Column[]} columns those that must be there
 * @param {(row: Row<Column>) => void} take
 * @throws {UnreadableFile} with the line, where there is one
 */
export async function readCsv(file, columns, take) {
  let lastLine = 0;
  /** @type {ReturnType<typeof readHeader<Column>> | undefined} */
  let header;
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: ROW_LIMIT,
    record_delimiter: '\n',
    // Called at once, so that an error knows where the last good row ended.
    on_record: (/** @type {string[]} */ record, { lines }) => {
      lastLine = lines;
      if (header) take(rowOf(record, lines - breaksIn(record), header));
      else header = readHeader(record, columns);
    },
  });
  try {
    await pipeline(createReadStream(file), (chunks) => textOf(chunks), parser.resume());
  } catch (error) {
    throw readable(/** @type {NodeJS.ErrnoException} */ (error), lastLine + 1);
  }
  if (!header) throw new UnreadableFile('The file is empty.');
}

/**
 * The file's characters, every end of line as one line feed; throws where bytes are none.
 * @param {AsyncIterable<Buffer>} chunks
 */
async function* textOf(chunks) {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let held = ''; // a carriage return whose line feed may be in the next chunk
  for await (const chunk of chunks) {
    if (chunk.includes(0)) throw new UnreadableFile('The file is not text.');
    const text = held + decoded(() => decoder.decode(chunk, { stream: true }));
    held = text.endsWith('\r') ? '\r' : '';
    yield text.slice(0, text.length - held.length).replace(/\r\n?/g, '\n');
  }
  yield held.replace('\r', '\n') + decoded(() => decoder.decode());
}

/** @param {() => string} decode */
function decoded(decode) {
  try {
    return decode();
  } catch {
    throw new UnreadableFile('The file is not text in UTF-8.');
  }
}

/**
 * @template {string} Column
 * @param {string[]} names
 * @param {readonly Column[]} columns
 */
function readHeader(names, columns) {
  const given = names.map((name) => name.trim().toLowerCase());
  const missing = columns.filter((column) => !given.includes(column));
  if (missing.length > 0) throw new UnreadableFile(`The header on line 1 lacks the columns ${missing.join(', ')}.`);
  const twice = columns.find((column) => given.indexOf(column) !== given.lastIndexOf(column));
  if (twice) throw new UnreadableFile(`The header on line 1 has the column ${twice} twice.`);
  return {
    places: columns.map((column) => /** @type {const} */ ([column, given.indexOf(column)])),
    width: names.length,
  };
}

/**
 * @template {string} Column
 * @param {string[]} record
 * @param {number} line
 * @param {{ places: (readonly [Column, number])[], width: number }} header
 * @returns {Row<Column>}
 */
function rowOf(record, line, { places, width }) {
  const cells = /** @type {Record<Column, string>} */ (
    Object.fromEntries(places.map(([column, place]) => [column, record[place] ?? '']))
  );
  if (record.length === width) return { line, cells };
  return { line, cells, fault: `it has ${record.length} cells, the header has ${width}` };
}

/** @param {string[]} record */
function breaksIn(record) {
  return record.join('').split('\n').length - 1;
}

/**
 * @param {NodeJS.ErrnoException} error
 * @param {number} line where the row begins that could not be read
 */
function readable(error, line) {
  if (error instanceof UnreadableFile) return error;
  if (error.code === 'ENOENT') return new UnreadableFile('There is no such file.');
  if (error.code === 'EISDIR') return new UnreadableFile('It is a folder.');
  if (error.syscall) return new UnreadableFile(`The file cannot be opened: ${error.message}`);
  if (line === 1) return new UnreadableFile('Line 1 is no header of a CSV file.');
  if (QUOTING.has(error.code ?? '')) {
    return new UnreadableFile(
      `A quote that opens in the row that begins on line ${line} is not closed, or stands where none can.`,
    );
  }
  return new UnreadableFile(`The row that begins on line ${line} cannot be read: ${error.message}`);
}
