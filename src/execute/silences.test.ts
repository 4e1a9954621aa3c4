import { describe, expect, it } from 'vitest';
import { createPlaces } from './places.js';
import { createSilences } from './silences.js';

const holding = (count: number, lasting = false) => ({ held: () => count, lasting });

describe('silence', () => {
  it('is learnt from so many of a kind, one after the other, with what others waited of late', () => {
    const silences = createSilences();
    silences.silent('request unknown', 3);
    silences.silent('request unknown', 9);
    expect(silences.othersMs('request unknown', 3)).toBeUndefined();
    silences.silent('request unknown', 2);
    expect(silences.othersMs('request unknown', 3)).toBe(4.5);
    expect(silences.othersMs('delete unknown', 1)).toBeUndefined();
  });

  it('is forgotten with an answer', () => {
    const silences = createSilences();
    silences.silent('request older', 3);
    silences.answered('request older');
    expect(silences.othersMs('request older', 1)).toBeUndefined();
  });
});

describe('room for one session more', () => {
  it('does not come where those who ask hold all that there is, with what is held for the whole run', () => {
    const places = createPlaces(4);
    const own = holding(2);
    places.enter(own);
    const leave = places.enter(holding(2));
    expect(places.roomFor(own).mayCome()).toBe(true);
    leave();
    places.enter(holding(2, true));
    expect(places.roomFor(own).mayCome()).toBe(false);
  });

  it('comes when a session ends or its holder has done', async () => {
    const places = createPlaces();
    const leave = places.enter(holding(1));
    const room = places.roomFor(holding(0));
    const first = room.comes();
    places.freed();
    await expect(first).resolves.toBeUndefined();
    const second = room.comes();
    leave();
    await expect(second).resolves.toBeUndefined();
  });

  it('is bounded by what was open when waiting did not help, until more are let in', () => {
    const places = createPlaces();
    let held = 3;
    const own = { held: () => held, lasting: false };
    places.enter(own);
    const room = places.roomFor(own);
    expect(room.mayCome()).toBe(true);
    room.refused();
    expect(room.mayCome()).toBe(false);
    held = 4;
    places.taken();
    expect(room.mayCome()).toBe(true);
  });
});
