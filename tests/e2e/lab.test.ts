/** The kernel lab: alone and in a class, and never mistaken for the trained network. */
import { expect } from 'vitest';

import { PHONE, type Person } from './person';
import { scenario } from './scenario';

const MARK = 'Edited kernel: conv_1_1, unit 4 — not the trained network';

/** What the network makes of the picture on someone's screen: every class with its probability. */
async function prediction({ page }: Person): Promise<string[]> {
  const classes = page.getByRole('button', { name: / \d\.\d{4}$/u });
  return classes.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
}

async function openLab(person: Person): Promise<void> {
  await person.openUnit('conv_1_1', 3);
  await (await person.tool('Edit this kernel')).click();
  await person.page.getByRole('region', { name: 'Kernel lab' }).waitFor();
}

function lab({ page }: Person) {
  return page.getByRole('region', { name: 'Kernel lab' });
}

function cell(person: Person, row: number, column: number) {
  return person.page.getByRole('spinbutton', { name: `Row ${row}, column ${column}` }).first();
}

/** Waits until the maps on the screen are those of an edit, or of none. */
async function settles({ page }: Person, how: 'edited' | 'as trained'): Promise<void> {
  const edit = how === 'edited' ? ':not([data-edit=""])' : '[data-edit=""]';
  await page.locator(`[data-focus][aria-busy="false"]${edit}`).waitFor();
}

scenario('alone: a kernel is edited by keys, by typing and by dragging, and taken back', async (room) => {
  const alone = await room.visit('/explore');
  await settles(alone, 'as trained');
  const trained = await prediction(alone);
  expect(trained).toHaveLength(10);
  await openLab(alone);
  await alone.page.getByText('weights as trained').waitFor();
  await alone.page.getByText(MARK).waitFor({ state: 'hidden' });

  await lab(alone).getByRole('button', { name: 'Zeros' }).click();
  await alone.page.getByText(MARK).waitFor();
  await expect.poll(() => cell(alone, 1, 1).textContent()).toContain('0.00');

  await cell(alone, 1, 1).click();
  await cell(alone, 1, 1).press('ArrowUp');
  await cell(alone, 1, 1).press('Shift+ArrowUp');
  await expect.poll(() => cell(alone, 1, 1).textContent()).toContain('0.11');
  await cell(alone, 1, 1).press('ArrowRight');
  // A comma is a decimal point, too, and what cannot be read as a number changes nothing.
  const number = lab(alone).locator('input[type=text]').first();
  await number.fill('-1,25');
  await number.press('Enter');
  await expect.poll(() => cell(alone, 1, 2).textContent()).toContain('−1.25');
  await number.fill('a lot');
  await number.press('Enter');
  await expect.poll(() => number.inputValue()).toBe('−1.25');

  // Kernel and map as tables, as trained and as edited; of a large map a part that is chosen.
  await settles(alone, 'edited');
  await lab(alone).getByRole('button', { name: 'Show as table' }).click();
  const tables = alone.page.getByRole('dialog').getByRole('table');
  await expect.poll(() => tables.count()).toBe(4);
  expect(await tables.nth(1).locator('td').allInnerTexts()).toContain('−1.25');
  await tables
    .nth(3)
    .getByText(/Rows 1 to 16 of \d+, columns 1 to 16/u)
    .waitFor();
  await alone.page.getByRole('combobox', { name: 'Rows', exact: true }).selectOption({ index: 1 });
  await tables
    .nth(3)
    .getByText(/Rows 17 to \d+ of/u)
    .waitFor();
  await alone.page.keyboard.press('Escape');

  const box = await cell(alone, 2, 2).boundingBox();
  if (!box) throw new Error('the cell is not on the page');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await alone.page.mouse.move(x, y);
  await alone.page.mouse.down();
  await alone.page.mouse.move(x, y - 75, { steps: 5 });
  await alone.page.mouse.up();
  await expect.poll(() => cell(alone, 2, 2).textContent()).toContain('0.75');
  await alone.button('Undo the last change').click();
  await expect.poll(() => cell(alone, 2, 2).textContent()).toContain('0.00');

  await settles(alone, 'edited');
  expect(await prediction(alone)).not.toEqual(trained);
  await lab(alone).getByRole('button', { name: 'Reset all' }).click();
  await settles(alone, 'as trained');
  expect(await prediction(alone)).toEqual(trained);
  await alone.page.keyboard.press('Escape');
  await lab(alone).waitFor({ state: 'hidden' });
  await alone.sees({ focus: 'unit conv_1_1 3' });
});

scenario('identity in one channel of an empty unit is that channel', async (room) => {
  const alone = await room.visit('/explore');
  await settles(alone, 'as trained');
  const { network, picture } = await alone.view();
  await openLab(alone);
  // All weights 0 and no bias: the map is 0 everywhere. Then the kernel for Green gives that channel.
  await lab(alone).getByRole('button', { name: 'All kernels' }).click();
  await lab(alone).getByRole('button', { name: 'Zeros' }).click();
  await lab(alone)
    .getByRole('button', { name: /^Kernel for Green/u })
    .click();
  await lab(alone).getByRole('button', { name: 'This kernel', exact: true }).click();
  await lab(alone).getByRole('button', { name: 'Identity' }).click();
  await alone.page.locator('[data-edit*="1000"]').waitFor();
  await settles(alone, 'edited');
  const differs = await alone.page.evaluate(
    async ([id = '', digestOfPicture = '']) => {
      const edit = document.querySelector<HTMLElement>('[data-edit]')?.dataset['edit'] ?? '';
      const { digest } = (await (await fetch(`/api/networks/${id}`)).json()) as { digest: string };
      const tensors = `/api/tensors/${digest}/${digestOfPicture}`;
      const floats = async (path: string) => new Float32Array(await (await fetch(path)).arrayBuffer());
      const map = await floats(`${tensors}/conv_1_1/3?edit=${encodeURIComponent(edit)}`);
      const channel = await floats(`${tensors}/input/1`);
      // A 3 × 3 kernel without padding leaves one cell out on every side.
      const [side, inner] = [Math.sqrt(channel.length), Math.sqrt(map.length)];
      const inside = (i: number) => channel[(Math.floor(i / inner) + 1) * side + (i % inner) + 1] ?? NaN;
      return map.reduce((most, value, i) => Math.max(most, Math.abs(value - inside(i))), 0);
    },
    [network, picture],
  );
  expect(differs).toBeLessThan(1e-6);
});

scenario('in a class everyone sees the edited network, its mark, and the trained one again', async (room) => {
  const { host, code } = await room.startClass();
  await settles(host, 'as trained');
  const [phone, projector] = [await room.join(code, PHONE), await room.projector(code)];
  const all = [host, phone, projector];
  const trained = await prediction(host);
  await openLab(host);
  for (const person of all) await lab(person).waitFor();
  await host.button('Edges ─').click();
  for (const person of all) {
    await person.page.getByText(MARK).waitFor();
    await settles(person, 'edited');
  }
  // Nobody drives on a projector: there is nothing to press.
  expect(await projector.page.getByRole('button', { name: 'Reset' }).count()).toBe(0);
  const change = lab(host).getByRole('table');
  const text = await change.textContent();
  for (const person of [phone, projector])
    await expect.poll(() => lab(person).getByRole('table').textContent()).toBe(text);

  // The way up is the overview, where the edited unit is marked and its class stands as edited.
  await host.page.keyboard.press('Escape');
  for (const person of all) await person.sees({ focus: 'overview' });
  const edited = await prediction(host);
  expect(edited).not.toEqual(trained);
  for (const person of all) {
    await person.page.getByText(MARK).waitFor();
    expect(await prediction(person)).toEqual(edited);
    await person.page.getByRole('button', { name: /^conv_1_1, unit 4.*a kernel is edited$/u }).waitFor();
  }
  // Who comes late sees the same.
  const late = await room.join(code);
  await settles(late, 'edited');
  expect(await prediction(late)).toEqual(edited);

  await host.button('Reset').click();
  for (const person of [...all, late]) {
    await settles(person, 'as trained');
    await person.page.getByText(MARK).waitFor({ state: 'hidden' });
    expect(await prediction(person)).toEqual(trained);
  }
});

scenario('a student edits for themselves, and not at all while the class stays together', async (room) => {
  const { host, code } = await room.startClass();
  const student = await room.join(code);
  await openLab(student);
  await student.button('Blur').click();
  await student.page.getByText(MARK).waitFor();
  await settles(student, 'edited');
  await host.sees({ focus: 'overview' });
  await settles(host, 'as trained');

  await host.button('Together').click();
  await settles(student, 'as trained');
  await student.sees({ focus: 'overview' });
  await openLab(host);
  await lab(student).waitFor();
  for (const name of ['Blur', 'Reset all', 'Undo the last change', 'Back to the network'])
    expect(await student.button(name).count()).toBe(0);
  expect(await cell(student, 1, 1).getAttribute('aria-readonly')).toBe('true');
});

/** Drags a cell of the kernel up, by a finger or the mouse, two px every 100 ms; after each second `look` sees what came of it. */
async function dragFor(
  { page, context }: Person,
  on: ReturnType<typeof cell>,
  {
    how,
    seconds,
    look,
  }: { how: 'finger' | 'mouse'; seconds: number; look: (risen: number) => Promise<void> },
): Promise<void> {
  await on.scrollIntoViewIfNeeded();
  const box = await on.boundingBox();
  if (!box) throw new Error('the cell is not on the page');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const hand = await context.newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    hand.send('Input.dispatchTouchEvent', { type, touchPoints });
  const press = () =>
    how === 'finger' ? touch('touchStart', [{ x, y }]) : page.mouse.move(x, y).then(() => page.mouse.down());
  const move = (up: number) =>
    how === 'finger' ? touch('touchMove', [{ x, y: y - up }]) : page.mouse.move(x, y - up);
  await press();
  for (let change = 1; change <= seconds * 10; change += 1) {
    const pace = page.waitForTimeout(100);
    await move(change * 2);
    await pace;
    if (change % 10 === 0) await look((change * 2) / 100);
  }
  await (how === 'finger' ? touch('touchEnd', []) : page.mouse.up());
  await hand.detach();
}

/** Waits until a weight is shown, computed and decided with: the decision on the screen is the server's for that very kernel. */
async function decides(person: Person, address: string, weight: number): Promise<void> {
  const wanted = String(Math.round(weight * 1000));
  await person.page.locator(`[data-focus][aria-busy="false"][data-edit*="${wanted}"]`).waitFor();
  const { network, picture } = await person.view();
  const edit = (await person.page.locator('[data-edit]').first().getAttribute('data-edit')) ?? '';
  const { digest, output } = (await (await fetch(`${address}/api/networks/${network}`)).json()) as {
    digest: string;
    output: string;
  };
  const path = `${address}/api/tensors/${digest}/${picture}/${output}?edit=${encodeURIComponent(edit)}`;
  const scores = new Float32Array(await (await fetch(path)).arrayBuffer());
  const likeliest = Math.max(...scores).toFixed(4);
  await person.page.getByText(likeliest).filter({ visible: true }).first().waitFor();
}

scenario(
  'two people change kernels ten times a second at once, one by finger on a phone; a third waits for nothing',
  async (room) => {
    const [phone, laptop, third] = [
      await room.visit('/explore?layer=conv_1_1&unit=3', PHONE),
      await room.visit('/explore?layer=conv_1_1&unit=3'),
      await room.visit('/explore'),
    ];
    const { address } = room.server;
    const hands = [
      { person: phone, how: 'finger' },
      { person: laptop, how: 'mouse' },
    ] as const;
    for (const { person, how } of hands) {
      await person.page.locator('[data-sum]:visible').waitFor();
      const enter = await person.tool('Edit this kernel');
      await (how === 'finger' ? enter.tap() : enter.click());
      const zeros = lab(person).getByRole('button', { name: 'Zeros' });
      await (how === 'finger' ? zeros.tap() : zeros.click());
      await expect.poll(() => cell(person, 2, 2).textContent()).toContain('0.00');
    }
    await settles(third, 'as trained');
    const isOver = { drags: false };
    const drags = hands.map(({ person, how }) =>
      dragFor(person, cell(person, 2, 2), {
        how,
        seconds: 3,
        look: async (risen) => {
          await expect.poll(() => cell(person, 2, 2).getAttribute('aria-valuenow')).toBe(String(risen));
          await decides(person, address, risen);
        },
      }),
    );
    const waits = (async () => {
      const pictures = third.page.getByRole('group', { name: 'Pictures' }).getByRole('button');
      const took: number[] = [];
      for (let at = 1; !isOver.drags; at += 1) {
        const before = await third.view();
        const begin = performance.now();
        await pictures.nth(at % 10).click();
        await third.page.locator(`[data-picture]:not([data-picture="${before.picture}"])`).waitFor();
        took.push(performance.now() - begin);
      }
      return took;
    })();
    await Promise.all(drags).finally(() => (isOver.drags = true));
    const took = (await waits).sort((a, b) => a - b);
    expect(took.length).toBeGreaterThan(3);
    expect(took[Math.floor(took.length / 2)] ?? NaN, took.map(Math.round).join(' ')).toBeLessThan(1_000);

    // On the phone everything is large enough for a finger.
    for (const button of await lab(phone).getByRole('button').all()) {
      const { height = 0 } = (await button.boundingBox()) ?? {};
      expect(height, await button.innerText()).toBeGreaterThanOrEqual(44);
    }
    // Another picture of the gallery goes through the same kernel: beside the lab on a laptop, in the overview on a phone.
    await lab(phone).getByRole('button', { name: 'Back to the network' }).tap();
    await phone.sees({ focus: 'overview' });
    for (const { person, how } of hands) {
      const before = await person.view();
      const picture = person.page.getByRole('group', { name: 'Pictures' }).getByRole('button').nth(4);
      await (how === 'finger' ? picture.tap() : picture.click());
      await person.page.locator(`[data-picture]:not([data-picture="${before.picture}"])`).waitFor();
      await decides(person, address, 0.6);
    }
    await phone.page.getByText(MARK).waitFor();
    await phone.button('Reset').tap();
    await settles(phone, 'as trained');
    // Nobody's kernel is anybody else's.
    expect(await laptop.page.locator('[data-edit=""]').count()).toBe(0);
  },
);
