// Networks that let no WebSocket through: the class goes on over plain HTTP, and nobody notices.
import { expect } from 'vitest';

import { PHONE } from './person';
import { Proxy, type Upgrades } from './proxy';
import { scenario } from './scenario';

/** What the browser says of an upgrade that failed; the page itself goes on. */
const UPGRADE_FAILED = /WebSocket connection/u;

const ways: [string, Upgrades][] = [
  ['refused', 'refuse'],
  ['never answered', 'swallow'],
  ['answered, but nothing comes', 'mute'],
];

for (const [words, upgrades] of ways)
  scenario(
    `a class where upgrades are ${words}: students follow, leave, return; a desk leads`,
    async (room) => {
      const proxy = await Proxy.before(room.server.address, upgrades);
      try {
        const { host, code } = await room.startClass();
        const student = await room.join(code, PHONE, proxy.address);
        expect(proxy.requests).toContain(`POST /api/classes/${code}/events`);
        await host.openUnit('conv_1_1', 3);
        await host.button('Next step').click();
        await student.sees({ focus: 'unit conv_1_1 3', step: 1 });
        await student.button('Explore').click();
        await host.button('Next step').click();
        await host.page.getByRole('button', { name: '1 here, 0 follow' }).waitFor();
        await student.button('Follow').click();
        await student.sees({ focus: 'unit conv_1_1 3', step: 2 });

        await student.page.reload();
        await student.status('Connected');
        await student.sees({ step: 2 });
        await host.page.getByRole('button', { name: '1 here, 1 follow' }).waitFor();

        const { host: behind, code: second } = await room.startClass(undefined, proxy.address);
        const beside = await room.join(second);
        await behind.openUnit('max_pool_1', 0);
        await beside.sees({ focus: 'unit max_pool_1 0' });
        for (const person of room.people) person.forgive(UPGRADE_FAILED);
      } finally {
        proxy.close();
      }
    },
  );

scenario('an upgrade that is only slow stays a WebSocket', async (room) => {
  const proxy = await Proxy.before(room.server.address, { delayMs: 1000 });
  try {
    const { host, code } = await room.startClass();
    const student = await room.join(code, PHONE, proxy.address);
    await host.openUnit('conv_1_1', 3);
    await student.sees({ focus: 'unit conv_1_1 3' });
    expect(proxy.requests).toContain(`GET /api/classes/${code}/socket`);
    expect(proxy.requests).not.toContain(`POST /api/classes/${code}/events`);
  } finally {
    proxy.close();
  }
});
