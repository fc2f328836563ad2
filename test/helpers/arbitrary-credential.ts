import fc from "fast-check";
import { arbitraryName, arbitraryWords, type Words } from "./words.js";

export interface CredentialMeaning {
  readonly name: string;
  readonly description: Words;
  /** Absent: all of the log-in. */
  readonly roles?: readonly string[];
  /** Seconds since 1970; `in`: days from creation. */
  readonly expiry?: number | { readonly in: number };
  readonly unrestricted: boolean;
  readonly accessRules: readonly AccessRuleMeaning[];
  /** None only where the secret is given. */
  readonly formats: readonly Format[];
  /** Where the secret comes from; absent: it is generated. */
  readonly secret?: "env" | "file";
  /** A group that is made before, by its place among them. */
  readonly after?: number;
  /** Whether a change of the description means nothing. */
  readonly ignoring: boolean;
}

interface AccessRuleMeaning {
  readonly service: string;
  readonly method: string;
  readonly path: string;
}

type Format = "clouds_yaml" | "openrc" | "json" | "env";

const FIRST_END = Date.UTC(2027, 0, 1) / 1000;
/** Any credential. */
export const arbitraryCredential: fc.Arbitrary<CredentialMeaning> = fc
  .record(
    {
      name: arbitraryName,
      description: arbitraryWords,
      roles: fc.uniqueArray(fc.constantFrom("member", "reader"), { minLength: 1 }),
      expiry: fc.oneof(
        fc.nat(10 ** 9).map((it) => FIRST_END + it),
        fc.nat(4000).map((it) => FIRST_END + it * 86_400),
        fc.record({ in: fc.integer({ min: 1, max: 999 }) }),
      ),
      unrestricted: fc.boolean(),
      accessRules: fc.uniqueArray(
        fc.record({
          service: fc.constantFrom("compute", "network"),
          method: fc.constantFrom("GET", "POST"),
          path: fc.constantFrom("/v2.1/servers", "/v2.1/servers/*", "/v2.1/**"),
        }),
        { maxLength: 3, selector: (it) => JSON.stringify(it) },
      ),
      formats: fc.uniqueArray(
        fc.constantFrom("clouds_yaml" as const, "openrc" as const, "json" as const, "env" as const),
        { maxLength: 2 },
      ),
      // Rarely given: the fingerprint of a given secret takes fifty milliseconds on purpose.
      given: fc.nat(29),
      after: fc.nat(5),
      ignoring: fc.nat(5),
    },
    {
      requiredKeys: [
        ...(["name", "description", "unrestricted", "accessRules", "formats"] as const),
        ...(["given", "ignoring"] as const),
      ],
    },
  )
  .map(({ given, ignoring, formats, ...rest }) => {
    const secret = given === 28 ? "env" : given === 29 ? "file" : undefined;
    return {
      ...rest,
      ignoring: ignoring === 5,
      formats: formats.length === 0 && !secret ? ["json" as const] : formats,
      ...(secret && { secret }),
    };
  });
