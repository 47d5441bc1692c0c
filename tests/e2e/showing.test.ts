// A student's view on the stage: offered with consent, chosen by the instructor, shown to everyone, and nobody is told whose it is.
import { expect } from 'vitest';

import type { Command, LessonView } from '../../frontend/src/protocol/classroom';
import { violations } from './axe';
import { drawing } from './drawing';
import { lecture } from './hall';
import type { Person } from './person';

const SMALL = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };

/** A view that somebody without a screen offers. */
function sayOffer(picture: string, unit: number): Command {
  const view: LessonView = {
    picture,
    focus: { kind: 'unit', layer: 'relu_1_1', unit },
    step: 0,
    rate: null,
    scale: null,
    detail: null,
    receptiveField: false,
    edit: null,
  };
  return { type: 'offerView', network: 'tiny-vgg', view };
}

/** The part of the desk with the views on offer, opened. */
async function offersOf({ page }: Person) {
  const waiting = page.getByRole('button', { name: /^Questions from the class: \d/u });
  if ((await waiting.getAttribute('aria-expanded')) !== 'true') await waiting.click();
  return page.getByRole('region', { name: /^Views on offer/u });
}

/** Says yes to the question whether the class may see it. */
async function offers({ page }: Person, button: string, warned: boolean): Promise<void> {
  await page.getByRole('button', { name: 'Show mine', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'Show mine' });
  await sheet.getByText('Nobody learns whose view it is').waitFor();
  expect(await sheet.getByText('Your own picture goes with it').count()).toBe(warned ? 1 : 0);
  await sheet.getByRole('button', { name: button }).click();
  await page.getByRole('button', { name: 'Show mine', exact: true, pressed: true }).waitFor();
}

/** Nothing that was said to others than the one who offered tells who that was. */
function expectNobodyNamed(frames: string[]): void {
  interface Frame {
    frame?: { topic: string; value: Record<string, unknown> & { offered?: object[] } };
  }
  const views = frames.flatMap((text) => {
    const { frame } = JSON.parse(text) as Frame;
    return frame?.topic === 'views' ? [frame.value] : [];
  });
  expect(views.length).toBeGreaterThan(0);
  for (const value of views) {
    expect(Object.keys(value).sort()).toEqual(['called', 'canReturn', 'offered', 'onStage']);
    for (const one of value.offered ?? []) expect(Object.keys(one).sort()).toEqual(['id', 'view']);
  }
}

lecture('a student offers a view, everyone sees it, and one tap leads back', async (hall) => {
  const { room, host, code, assistant, projector, phone: bela, laptop, crowd } = hall;
  const anna = await room.join(code, SMALL);
  await host.openUnit('conv_1_2', 3);
  await host.button('Next step').click();
  await host.page.getByLabel('Caption for the class').fill('Look at the edge.');
  await host.button('Show').click();
  const theClass = { focus: 'unit conv_1_2 3', step: 1 };
  await hall.sees(theClass);
  await anna.sees(theClass);

  // Whoever follows has nothing of their own to show; whoever explores is asked.
  expect(await anna.button('Show mine').count()).toBe(0);
  await anna.button('Back to the network').first().click();
  await anna.openUnit('conv_1_1', 2);
  await anna.sees({ focus: 'unit conv_1_1 2' });
  await (await offersOf(host)).getByRole('button', { name: 'Who shows theirs?' }).click();
  await anna.status('Who shows us theirs?');
  expect(await bela.page.getByText('Who shows us theirs?').count()).toBe(0);
  expect(await violations(anna)).toEqual([]);
  await offers(anna, 'Offer this view', false);
  await anna.page.getByText('Who shows us theirs?').waitFor({ state: 'hidden' });

  const { picture } = await host.view();
  for (const i of [0, 1]) expect(await crowd.says(i, sayOffer(picture, i))).toBe('done');
  expect(await crowd.says(0, sayOffer('0'.repeat(32), 0))).toBe('unknownPicture');
  expect(await crowd.says(1, { type: 'showView', view: 1 })).toBe('notAllowed');
  const desk = await offersOf(host);
  await desk.getByRole('heading', { name: 'Views on offer: 3' }).waitFor();
  expect(await violations(host)).toEqual([]);
  await hall.sees(theClass);

  await desk.getByRole('button', { name: 'Show view 1 on every screen: conv_1_1 · unit 3' }).click();
  await hall.sees({ focus: 'unit conv_1_1 2', step: 0 });
  await anna.button('Follow').click();
  await anna.status('Your view is on every screen.');
  await bela.status('A view from the class');
  const label = projector.page.getByText('A view from the class');
  await label.waitFor();
  const size = await label.evaluate((it) => parseFloat(getComputedStyle(it).fontSize));
  expect(size).toBeGreaterThanOrEqual(24);
  expect(await projector.page.getByText('Look at the edge.').count()).toBe(0);

  // From one to the next, then back to where the class was before the first.
  await desk.getByRole('button', { name: 'Show view 3 on every screen: relu_1_1 · unit 2' }).click();
  await hall.sees({ focus: 'unit relu_1_1 1' });
  await host.button('Back to where the class was').first().click();
  await hall.sees(theClass);
  await anna.sees(theClass);
  await projector.page.getByText('Look at the edge.').waitFor();
  await label.waitFor({ state: 'hidden' });

  // A reload keeps the offer; it is taken back, and another cleared.
  await anna.page.reload();
  await anna.page.getByRole('button', { name: 'Show mine', pressed: true }).click();
  // Who follows sees the class's view, which is not theirs to offer.
  await anna.button('Take it back').waitFor();
  expect(await anna.button('Offer this one instead').count()).toBe(0);
  await anna.button('Take it back').click();
  await desk.getByRole('heading', { name: 'Views on offer: 2' }).waitFor();
  await desk.getByRole('button', { name: 'Take view 2 away' }).click();
  await desk.getByRole('heading', { name: 'Views on offer: 1' }).waitFor();

  // An own picture goes with the view, and says so before.
  await bela.button('Explore').click();
  await bela.page.getByLabel('Use your own picture').setInputFiles({
    name: 'mine.png',
    mimeType: 'image/png',
    buffer: await drawing(bela.page),
  });
  await bela.page.locator(`[data-picture]:not([data-picture="${picture}"])`).waitFor();
  const { picture: own } = await bela.view();
  await offers(bela, 'Offer this view', true);
  await projector.sees({ picture });
  await desk.getByRole('button', { name: /^Show view 4 on every screen/u }).click();
  for (const person of [host, assistant, projector, laptop, anna])
    await person.sees({ picture: own, focus: 'unit conv_1_2 3' });
  await crowd.sees({ picture: own, focus: 'unit conv_1_2 3' });
  await host.button('Back to where the class was').first().click();
  await projector.sees({ picture, focus: 'unit conv_1_2 3', step: 1 });

  const others = [host, assistant, projector, laptop].flatMap(({ frames }) => frames);
  expectNobodyNamed([...others, ...crowd.frames()]);
});
