// Programs that a worker of the tests starts, and that end with it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/**
 * Starts a program; resolves to it and to what `pattern` first finds in what it writes to its standard error or to its
 * descriptor 3, or rejects if it ends before.
 */
export async function started(program, args, env, pattern) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let heard = '';
  const found = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}: ${heard}`)));
    for (const pipe of [child.stdio[2], child.stdio[3]]) {
      pipe.on('data', (data) => {
        heard = (heard + data).slice(-10_000);
        const match = pattern.exec(heard);
        if (match) resolve(match);
      });
    }
  });
  return { child, found: await found };
}

/** Ends a program, gently first; resolves when it has ended. */
export async function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  const patience = setTimeout(() => child.kill('SIGKILL'), 5_000);
  child.kill('SIGTERM');
  await exit;
  clearTimeout(patience);
}
