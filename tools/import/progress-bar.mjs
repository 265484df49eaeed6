// Progress on standard error: a bar that redraws itself on a terminal, a line per step and tenth elsewhere.

const WIDTH = 30;

/**
 * @param {{ isTTY?: boolean, write(text: string): unknown }} stream
 * @returns {{ show(step: string, done: number, of: number): void, say(text: string): void }}
 */
export function progressBar(stream) {
  let shown = '';
  const say = (/** @type {string} */ text) => void stream.write(stream.isTTY ? `\r\x1b[K${text}\n` : `${text}\n`);
  return {
    say,
    show(step, done, of) {
      const part = of === 0 ? 1 : done / of;
      const line = `${step.padEnd(9)} ${done}/${of}`;
      if (stream.isTTY) {
        const bar = '█'.repeat(Math.round(part * WIDTH)).padEnd(WIDTH, '░');
        stream.write(`\r\x1b[K${bar} ${line}${done === of ? '\n' : ''}`);
        return;
      }
      const tenth = `${step} ${Math.floor(part * 10)}`;
      if (tenth === shown) return;
      shown = tenth;
      say(line);
    },
  };
}
