import { deepStrictEqual } from "node:assert/strict";
import { OutsideError } from "../../engine/model/errors.js";
import { pending } from "../helpers/engine.js";
import type { Texts } from "../helpers/load-texts.js";
import { spellConfiguration } from "../helpers/spell-configuration.js";
import { Spelling } from "../helpers/spelling.js";
import type { Life, Step, Trouble } from "./arbitrary-life.js";
import { changeByHand } from "./by-hand.js";
import { edit, NOTHING } from "./edit.js";
import { type Before, checkAlways, checkLogIns, checkSettled, look } from "./invariants.js";
import { type Attempt, Site } from "./site.js";

/** Lives a life; throws where something does not hold. The folder is for the state. */
export async function live(life: Life, folder: string): Promise<void> {
  await Site.use(life, folder, async (site) => {
    const stage = new Stage(site, life.quotas !== undefined);
    let declared = NOTHING;
    let texts: Texts = spellConfiguration(declared, new Spelling(0));
    let isSettled = false;
    for (const [index, step] of life.steps.entries()) {
      declared = edit(declared, step.wanted, step.taken);
      texts = spellConfiguration(declared, new Spelling(step.spelling));
      await stage.play(step, texts);
      const isLast = index === life.steps.length - 1;
      if (isLast || !step.givesUp) isSettled = await stage.settle(texts);
    }
    // Where the quota has no room for the last of it, what was deleted by hand stays so.
    if (isSettled) await checkLogIns(site);
    if (life.destroy) await stage.destroy(texts);
  });
}

class Stage {
  readonly #site: Site;
  /** Whether the cloud may have no room. */
  readonly #isNarrow: boolean;
  #before: Before = { strangers: new Set(), lost: new Set() };

  constructor(site: Site, isNarrow: boolean) {
    this.#site = site;
    this.#isNarrow = isNarrow;
  }

  async play(step: Step, texts: Texts): Promise<void> {
    const { runtime, connection } = this.#site;
    const later = runtime.clock.now().getTime() + step.hours * 3_600_000;
    runtime.setTime(new Date(later).toISOString());
    const { pending: halfDone } = await this.#site.snapshot();
    if (halfDone.length === 0)
      for (const change of step.byHand) await changeByHand(connection.cloud, change);
    this.#before = await look(this.#site, this.#before);
    for (const trouble of step.troubles) await this.#attempt(texts, false, trouble);
  }

  /** One attempt that nothing disturbs; false where the cloud has no room for it. */
  settle(texts: Texts): Promise<boolean> {
    return this.#attempt(texts, false);
  }

  async destroy(texts: Texts): Promise<void> {
    await this.#attempt(texts, true);
    const { instances } = await this.#site.snapshot();
    deepStrictEqual(instances, [], "everything is destroyed");
  }

  async #attempt(texts: Texts, destroy: boolean, trouble?: Trouble): Promise<boolean> {
    // What a killed run deleted is remembered until the next has made it anew.
    const { lost } = await look(this.#site, this.#before);
    this.#before = { ...this.#before, lost };
    const { attempt, isFelt } = await this.#site.attempt(texts, destroy, trouble);
    const isDone = succeeded(attempt);
    if (!isDone && !isFelt && !this.#isExcused(attempt)) throw unexpected(attempt);
    await this.#checkAlways(attempt);
    if (!isDone) return false;
    const plan = await this.#site.plan(texts, destroy);
    deepStrictEqual([...pending(plan), ...plan.stateChanges], [], "nothing is left to do");
    await checkSettled(this.#site);
    return true;
  }

  async #checkAlways(attempt: Attempt): Promise<void> {
    try {
      await checkAlways(this.#site, this.#before);
    } catch (error) {
      throw new Error(`after ${JSON.stringify(describe(attempt))}: ${error}`, { cause: error });
    }
  }

  /** A cloud that has no room for more. */
  #isExcused(attempt: Attempt): boolean {
    if (!this.#isNarrow || attempt.kind === "broken") return false;
    if (attempt.kind === "refused") {
      const errors = attempt.diagnostics.filter(({ severity }) => severity === "error");
      return errors.every(({ code }) => code === "quota-exceeded");
    }
    return attempt.outcome.failures.every(
      ({ error }) => error instanceof OutsideError && error.code === "quota",
    );
  }
}

function succeeded(attempt: Attempt): boolean {
  if (attempt.kind !== "applied") return false;
  const { failures, skipped, notStarted } = attempt.outcome;
  return failures.length + skipped.length + notStarted.length === 0;
}

function unexpected(attempt: Attempt): Error {
  const [cause] =
    attempt.kind === "broken"
      ? [attempt.error]
      : attempt.kind === "applied"
        ? attempt.outcome.failures.map((it) => it.error)
        : [];
  return new Error(`undisturbed, and yet ${JSON.stringify(describe(attempt))}`, { cause });
}

function describe(attempt: Attempt): unknown {
  switch (attempt.kind) {
    case "broken":
      return { broken: String(attempt.error) };
    case "refused":
      return { refused: attempt.diagnostics.filter((it) => it.severity === "error") };
    case "applied": {
      const { failures, skipped, notStarted } = attempt.outcome;
      const told = failures.map(({ address, error }) => ({ address, error: String(error) }));
      return { failures: told, skipped, notStarted };
    }
  }
}
