// tcpdump in a terminal: it runs beside the other programs, shows each segment as it passes, and ends with its counts.
import { expect, test } from './fixture.mjs';
import { Lab } from './lab.mjs';

test('a capture shows the segments of a connection until Ctrl-C', async ({ tab, page, axe }) => {
  const lab = await Lab.open(tab);
  await lab.types('C_m lower', 'sudo tcpdump -i any port 5555');
  const shows = (text, most) => lab.until(async () => (await lab.text('C_m lower')).includes(text), most, `the capture shows ${text}`);
  await shows('listening on any, link-type LINUX_SLL2 (Linux cooked v2)', 1_000);
  await lab.types('C_m upper', 'nc 10.211.55.10 5555');
  await shows('Flags [.], ack 1,', 10_000);
  await lab.types('C_m upper', 'hello');
  await shows('Flags [P.], seq 1:7, ack 1,', 5_000);
  await axe();
  await lab.ctrlC('C_m lower');
  const text = await lab.text('C_m lower');
  expect(text).toMatch(/eth0 +Out IP C_m\.\d+ > S_m\.5555: Flags \[S\], seq \d+, win 64240/);
  expect(text).toMatch(/eth0 +In +IP S_m\.5555 > C_m\.\d+: Flags \[S\.\]/);
  expect(text).toMatch(/\d packets captured\s+\d packets received by filter\s+0 packets dropped by kernel/);
  // The prompt is back, and the capture is over.
  await lab.types('C_m lower', 'pgrep tcpdump; echo none');
  expect(await lab.text('C_m lower')).toMatch(/echo none\s+none\s/);
});
