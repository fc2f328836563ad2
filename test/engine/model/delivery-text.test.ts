import t from "tap";
import { commandText, recipientsText } from "../../../engine/model/delivery-text.js";

t.test("recipients are told apart at a glance", async (t) => {
  t.equal(
    recipientsText(["age1qqqqqqqqqqqqqqqqqqqq12345678", "ssh-ed25519 AAAAAAAAAAAAAA87654321"]),
    "age1…12345678, ssh-ed25519 …87654321",
  );
});

t.test("a command is told as a shell would take it", async (t) => {
  t.equal(commandText(["vault", "kv", "a b", "it's", "key=-"]), "vault kv 'a b' 'it'\\''s' key=-");
});
