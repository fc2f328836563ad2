import t from "tap";
import { repeatedKey } from "../../../engine/model/repeated-key.js";

t.test("a key that a mapping has twice is told with its line", async (t) => {
  t.strictSame(repeatedKey('{"a": [{"b": 1,\n"b": 2}]}'), { key: '"b"', line: 2 });
  t.strictSame(repeatedKey('{"a": 1,\n\n"\\u0061" : 2}'), { key: '"a"', line: 3 });
  t.equal(repeatedKey('{"a": {"a": "a"}, "b": [{"a": "\\"a\\": {"}, {"a": 1}]}'), undefined);
});
