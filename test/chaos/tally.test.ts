import t from "tap";
import { ChaosTally } from "../helpers/chaos-tally.js";

t.test("duplicates and orphans are counted by what the cloud holds", async (t) => {
  const tally = new ChaosTally();
  tally.survey(["web", "web", "stray", "app"], ["app", "web"]);
  tally.run(["GET /a (1): none", "GET /a (2): cut after", "POST /b name (1): x (1): cut after"]);
  tally.survey(["app"], []);
  tally.run(["GET /a (1): 429 for the rate"]);
  t.equal(
    tally.text,
    "runs 2, requests 4, faults 3 (429 for the rate 1, cut after 2), duplicates 1, orphans 2",
  );
});
