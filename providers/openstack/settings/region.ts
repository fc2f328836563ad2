import { OutsideError } from "../../../engine/model/errors.js";
import { isObject } from "../../../engine/model/value.js";
import { canonicalEntry, type Fields, field, isBlank, layEntry } from "./fields.js";
import { suggest } from "./suggestion.js";

/**
 * The entry with its region chosen: OS_REGION_NAME, `region_name`, or the first of `regions`, whose
 * own `values` are laid over it. Throws `bad-cloud-config` for a region that `regions` does not list.
 */
export function selectRegion(entry: Fields, wanted: string | undefined, cloud: string): Fields {
  const regions = listedRegions(entry);
  const own = field(entry, "region_name");
  const name = wanted || (isBlank(own) ? undefined : String(own)) || regions[0]?.name;
  if (name === undefined) return entry;
  const chosen = regions.find((region) => region.name === name);
  if (!chosen && regions.length > 0) {
    const names = regions.map((region) => region.name);
    throw new OutsideError("bad-cloud-config", `the cloud "${cloud}" has no region "${name}"`, {
      help: suggest(name, names),
    });
  }
  return { ...layEntry(entry, chosen?.values ?? {}), region_name: name };
}

function listedRegions(
  entry: Fields,
): readonly { readonly name: string; readonly values: Fields }[] {
  const regions = field(entry, "regions");
  if (!Array.isArray(regions)) return [];
  return regions.map((region: unknown) => {
    if (!isObject(region)) return { name: String(region), values: {} };
    const values = field(region, "values");
    return {
      name: String(field(region, "name")),
      values: isObject(values) ? canonicalEntry(values) : {},
    };
  });
}
