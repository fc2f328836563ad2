import t from "tap";
import { Concurrency, MOST_AT_ONCE } from "../../../../providers/openstack/http/concurrency.js";

/** So many requests, one after another, each answered after so many milliseconds. */
function answer(concurrency: Concurrency, count: number, elapsed = 20, kind = "GET /list"): void {
  for (let done = 0; done < count; done++) concurrency.answered(concurrency.begin(kind), elapsed);
}

t.test("it grows with each quick answer, up to a limit", async (t) => {
  const concurrency = new Concurrency();
  t.equal(concurrency.limit, 4);
  answer(concurrency, 3);
  t.equal(concurrency.limit, 7);
  answer(concurrency, 100);
  t.equal(concurrency.limit, MOST_AT_ONCE);
});

t.test("a refusal halves it, and then it grows by one for each round of answers", async (t) => {
  const concurrency = new Concurrency();
  answer(concurrency, 100);
  concurrency.strained(concurrency.begin("POST /groups"));
  t.equal(concurrency.limit, MOST_AT_ONCE / 2);
  answer(concurrency, MOST_AT_ONCE / 2 + 1);
  t.equal(concurrency.limit, MOST_AT_ONCE / 2 + 1);
});

t.test("of all that were under way at a refusal one counts", async (t) => {
  const concurrency = new Concurrency();
  answer(concurrency, 100);
  const trips = Array.from({ length: 16 }, () => concurrency.begin("POST /groups"));
  for (const trip of trips) concurrency.strained(trip);
  t.equal(concurrency.limit, 8);
  concurrency.strained(concurrency.begin("POST /groups"));
  t.equal(concurrency.limit, 4, "a later one counts again");
});

t.test("one at a time is the least", async (t) => {
  const concurrency = new Concurrency();
  for (let refused = 0; refused < 20; refused++) {
    concurrency.strained(concurrency.begin("GET /list"));
  }
  t.equal(concurrency.limit, 1);
  answer(concurrency, 2);
  t.ok(concurrency.limit >= 2, "and it recovers");
});

t.test("an answer that is slow for its kind halves it", async (t) => {
  const rows: readonly (readonly [string, number, number, number])[] = [
    ["slower than a queue of all would be", 50, 1900, 8],
    ["no slower than such a queue", 200, 3000, 16],
    ["slower, but still quick", 10, 450, 16],
    ["always that slow", 5000, 5000, 16],
  ];
  for (const [name, usual, latest, expected] of rows) {
    const concurrency = new Concurrency();
    answer(concurrency, 100, usual);
    answer(concurrency, 1, latest);
    t.equal(concurrency.limit, expected, name);
  }
  const concurrency = new Concurrency();
  answer(concurrency, 100, 20, "GET /list");
  answer(concurrency, 1, 9000, "POST /rules");
  t.equal(concurrency.limit, MOST_AT_ONCE, "another kind has its own usual time");
});
