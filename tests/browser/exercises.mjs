// The article's exercises, each in two ways: with the article's own commands, and by clicks. A play is a function that
// takes the lab, with nobody listening.
import { expect, test } from '@playwright/test';

import { region, role } from './layer/tab.mjs';

const DROP_SYN =
  'sudo iptables -I OUTPUT -p tcp --dport 5555 --tcp-flags\nSYN,ACK,FIN,RST SYN -j DROP';
const DROP_SYN_ACK =
  'sudo iptables -I OUTPUT -p tcp --sport 5555 --tcp-flags\nSYN,ACK,FIN,RST SYN,ACK -j DROP';
const DROP_ACK =
  'sudo iptables -I OUTPUT -p tcp --dport 5555 --tcp-flags SYN,ACK,FIN,RST ACK -j DROP';

export const typed = {
  'Exercise 1': async (lab) => {
    await test.step('a, b: the server listens', async () => {
      await lab.types('S_m upper', 'nc –l 5555');
      await lab.types('S_m lower', 'netstat –nat | grep 5555');
      await lab.prints('S_m lower', '0.0.0.0:5555            0.0.0.0:*               LISTEN');
      await lab.shows([], ['LISTEN']);
    });
    await test.step('c, d: the client connects', async () => {
      await lab.types('S_m lower', 'ip addr show');
      await lab.prints('S_m lower', 'inet 10.211.55.10/24');
      await lab.types('C_m upper', 'nc 10.211.55.10 5555');
      await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
      await lab.types('C_m lower', 'netstat –nat | grep 5555');
      await lab.types('S_m lower', 'netstat –nat | grep 5555');
      const [[local, foreign]] = await lab.rows('C_m');
      expect(await lab.rows('S_m')).toContainEqual([foreign, local, 'ESTABLISHED']);
      await lab.prints('C_m lower', 'ESTABLISHED');
      await lab.prints('S_m lower', 'ESTABLISHED');
    });
    await test.step('e: what is typed appears on the other side', async () => {
      await lab.types('C_m upper', 'hello');
      await lab.prints('S_m upper', 'hello');
      await lab.types('S_m upper', 'good day');
      await lab.prints('C_m upper', 'good day');
      await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
    });
    await test.step('f: a browser opens a site', async () => {
      await lab.types('C_m lower', 'firefox http://acc.digital &');
      const site = async () => (await lab.rows('C_m')).filter((row) => row[2] === 'ESTABLISHED').length > 2;
      await lab.until(site, 15_000, 'connections to the site');
      await lab.types('C_m lower', 'netstat -nat | grep ESTABLISHED');
      await lab.prints('C_m lower', '94.130.104.144:80 ');
      await lab.prints('C_m lower', '94.130.104.144:443 ');
      await lab.types('C_m lower', 'killall firefox');
    });
    await test.step('g: Ctrl-C at the client', async () => {
      await lab.ctrlC('C_m upper');
      await lab.shows(['TIME_WAIT'], []);
      await lab.types('C_m lower', 'clear');
      await lab.types('C_m lower', 'netstat -nat | grep 5555');
      await lab.prints('C_m lower', 'TIME_WAIT');
    });
    await test.step('h: after two minutes nothing is left', async () => {
      await lab.skipsUntil(async () => (await lab.rows('C_m')).length === 0, 'the end of TIME_WAIT');
      expect(await lab.tab.read(role('timer'))).toMatch(/^00:02:/);
      await lab.shows([], []);
    });
    await test.step('i: once more, and the server ends first', async () => {
      await lab.types('S_m upper', 'nc -l 5555');
      await lab.types('C_m upper', 'nc 10.211.55.10 5555');
      await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
      await lab.types('C_m upper', 'hello again');
      await lab.prints('S_m upper', 'hello again');
      await lab.ctrlC('S_m upper');
      await lab.shows([], ['TIME_WAIT']);
    });
  },

  'Exercise 2': async (lab) => {
    await test.step('a–d: the SYN is dropped', async () => {
      await lab.pastes('C_m lower', DROP_SYN);
      await lab.types('S_m upper', 'nc –l 5555');
      await lab.types('C_m upper', 'nc 10.211.55.10 5555');
      await lab.shows(['SYN_SENT'], ['LISTEN']);
      await lab.types('C_m lower', 'netstat -nat | grep 5555');
      await lab.prints('C_m lower', 'SYN_SENT');
      await lab.types('S_m lower', 'netstat -nat | grep 5555');
      await lab.prints('S_m lower', 'LISTEN');
    });
    await test.step('e: the count grows', async () => {
      const counted = async () => {
        await lab.types('C_m lower', 'sudo iptables -L OUTPUT –vn');
        const counts = [...(await lab.text('C_m lower')).matchAll(/^\s*(\d+)\s+\d+ DROP /gm)];
        return Number(counts.at(-1)[1]);
      };
      const before = await counted();
      await lab.passes(9_000);
      expect(await counted()).toBeGreaterThan(before);
      await lab.shows(['SYN_SENT'], ['LISTEN']);
    });
    await test.step('f: the client stops, the rule goes', async () => {
      await lab.ctrlC('C_m upper');
      await lab.pastes('C_m lower', DROP_SYN.replace('-I', '-D'));
      await lab.types('C_m lower', 'sudo iptables -S');
      await lab.prints('C_m lower', '-P OUTPUT ACCEPT');
      await lab.shows([], ['LISTEN']);
    });
    await test.step('g–i: the SYN|ACK is dropped', async () => {
      await lab.pastes('S_m lower', DROP_SYN_ACK);
      await lab.types('C_m upper', 'nc 10.211.55.10 5555');
      await lab.shows(['SYN_SENT'], ['LISTEN', 'SYN_RECV']);
      await lab.types('S_m lower', 'netstat -nat | grep 5555');
      await lab.prints('S_m lower', 'SYN_RECV');
    });
    await test.step('i: SYN_RECV may vanish, and come again', async () => {
      await lab.shows(['SYN_SENT'], ['LISTEN']);
      await lab.shows(['SYN_SENT'], ['LISTEN', 'SYN_RECV']);
    });
  },

  'the third case': async (lab) => {
    await lab.types('C_m lower', DROP_ACK);
    await lab.types('S_m upper', 'nc -l 5555');
    await lab.types('C_m upper', 'nc -v 10.211.55.10 5555');
    await lab.shows(['ESTABLISHED'], ['LISTEN', 'SYN_RECV']);
    await lab.prints('C_m upper', 'Connection to 10.211.55.10 5555 port [tcp/*] succeeded!');
    await lab.types('C_m lower', 'netstat -nat | grep 5555');
    await lab.types('S_m lower', 'netstat -nat | grep 5555');
    await lab.prints('C_m lower', 'ESTABLISHED');
    await lab.prints('S_m lower', 'SYN_RECV');
    const forgotten = async () => JSON.stringify(await lab.states('S_m')) === '["LISTEN"]';
    await lab.skipsUntil(forgotten, 'the end of the half-open entry');
    await lab.shows(['ESTABLISHED'], ['LISTEN']);
  },
};

export const clicked = {
  'Exercise 1': async (lab) => {
    await lab.presses('S_m', 'Listen');
    await lab.shows([], ['LISTEN']);
    await lab.presses('C_m', 'Connect');
    await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
    await lab.presses('C_m', 'Send hello');
    await lab.prints('S_m upper', 'hello');
    await lab.presses('S_m', 'Send hello');
    const hellos = async () => (await lab.text('C_m upper')).split('hello').length - 1;
    await lab.until(async () => (await hellos()) === 2, 5_000, 'the hello from S_m');
    await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
    await lab.presses('C_m', 'Ctrl-C');
    await lab.shows(['TIME_WAIT'], []);
    await lab.skipsUntil(async () => (await lab.rows('C_m')).length === 0, 'the end of TIME_WAIT');
    await lab.presses('S_m', 'Listen');
    await lab.presses('C_m', 'Connect');
    await lab.shows(['ESTABLISHED'], ['LISTEN', 'ESTABLISHED']);
    await lab.presses('S_m', 'Ctrl-C');
    await lab.shows([], ['TIME_WAIT']);
  },

  'Exercise 2': async (lab) => {
    await lab.drops('SYN');
    await lab.prints('C_m lower', 'sudo iptables -I OUTPUT -p tcp --dport 5555 --tcp-flags SYN,ACK,FIN,RST SYN -j DROP');
    await lab.presses('S_m', 'Listen');
    await lab.presses('C_m', 'Connect');
    await lab.shows(['SYN_SENT'], ['LISTEN']);
    await lab.passes(9_000);
    const [, dropped] = (await lab.tab.read(region('Firewall'))).match(/^(\d+) dropped/m);
    expect(Number(dropped)).toBeGreaterThan(2);
    await lab.presses('C_m', 'Ctrl-C');
    await lab.drops('SYN');
    await lab.shows([], ['LISTEN']);
    await lab.drops('SYN|ACK');
    await lab.presses('C_m', 'Connect');
    await lab.shows(['SYN_SENT'], ['LISTEN', 'SYN_RECV']);
    await lab.shows(['SYN_SENT'], ['LISTEN']);
    await lab.shows(['SYN_SENT'], ['LISTEN', 'SYN_RECV']);
  },

  'the third case': async (lab) => {
    await lab.presses('S_m', 'Listen');
    await lab.drops('ACK');
    await lab.presses('C_m', 'Connect');
    await lab.shows(['ESTABLISHED'], ['LISTEN', 'SYN_RECV']);
    const forgotten = async () => JSON.stringify(await lab.states('S_m')) === '["LISTEN"]';
    await lab.skipsUntil(forgotten, 'the end of the half-open entry');
    await lab.shows(['ESTABLISHED'], ['LISTEN']);
  },
};
