import { describe, expect, test } from '@jest/globals';
import { draftIn, draftKey, dropDraft, findDraft, saveDraft } from '../../domain/draft.ts';
import { publishPlanned } from '../../domain/publish-planned.ts';
import { aPlannedSale, aProduct, aPublishingPlace } from '../support/catalogue.ts';
import { OPENS_AT } from '../support/sales.ts';
import { meanwhile } from './claim-builders.ts';

const NOW = OPENS_AT - 3_600_000;
const titled = (title: string) => aPlannedSale({ title });

const aPlace = () => aPublishingPlace(aProduct());

describe('saveDraft()', () => {
  test('makes a draft, and counts its changes', async () => {
    const { world } = await aPlace();
    const first = { sale: titled('one'), version: 1, changedAt: NOW };
    expect(await saveDraft(world, titled('one'), 0)).toEqual({ kind: 'saved', draft: first });
    expect(await findDraft(world.store, 'night')).toEqual(first);
    expect(await saveDraft(world, titled('two'), 1)).toMatchObject({ draft: { version: 2 } });
    expect(await findDraft(world.store, 'night')).toMatchObject({
      sale: titled('two'),
      version: 2,
    });
  });

  test('refuses a change of what is no longer the last version, and shows that', async () => {
    const { world } = await aPlace();
    await saveDraft(world, titled('one'), 0);
    await saveDraft(world, titled('two'), 1);
    const last = { kind: 'stale', draft: { sale: titled('two'), version: 2 } };
    expect(await saveDraft(world, titled('three'), 1)).toMatchObject(last);
    expect(await saveDraft(world, titled('three'), 0)).toMatchObject(last);
    expect(await saveDraft(world, titled('three'), 3)).toMatchObject(last);
  });

  test('takes the same change twice for one', async () => {
    const { world } = await aPlace();
    await saveDraft(world, titled('one'), 0);
    await saveDraft(world, titled('two'), 1);
    for (const version of [1, 0]) {
      const again = await saveDraft(world, titled('two'), version);
      expect(again).toMatchObject({ kind: 'saved', draft: { version: 2 } });
    }
  });

  test('of two changes at the same time keeps one', async () => {
    const { world } = await aPlace();
    const other = () => saveDraft(world, titled('other'), 0);
    const busy = { ...world, store: meanwhile(world.store, () => true, other) };
    expect(await saveDraft(busy, titled('mine'), 0)).toMatchObject({
      ...{ kind: 'stale', draft: { sale: titled('other') } },
    });
  });

  test('has nothing to change where the draft was dropped, and begins anew with a higher version', async () => {
    const { world } = await aPlace();
    await saveDraft(world, titled('one'), 0);
    expect(await dropDraft(world.store, 'night', 1)).toEqual({ kind: 'dropped' });
    expect(await saveDraft(world, titled('two'), 1)).toEqual({ kind: 'gone' });
    expect(await saveDraft(world, titled('two'), 0)).toMatchObject({ draft: { version: 3 } });
  });

  test('refuses a sale that is published', async () => {
    const { world } = await aPlace();
    await publishPlanned(world, aPlannedSale());
    expect(await saveDraft(world, titled('late'), 0)).toEqual({ kind: 'published' });
  });
});

describe('dropDraft()', () => {
  test('drops the version that was seen, and no other', async () => {
    const { world } = await aPlace();
    await saveDraft(world, titled('one'), 0);
    await saveDraft(world, titled('two'), 1);
    expect(await dropDraft(world.store, 'night', 1)).toMatchObject({ kind: 'stale' });
    expect(await dropDraft(world.store, 'night', 2)).toEqual({ kind: 'dropped' });
    expect(await dropDraft(world.store, 'night', 2)).toEqual({ kind: 'gone' });
    expect(await findDraft(world.store, 'night')).toBeUndefined();
    const [left] = await world.store.read([draftKey('night')]);
    expect(draftIn(left)).toBeUndefined();
  });
});
