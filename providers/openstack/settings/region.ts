import { OutsideError } from "../../../engine/model/errors.js";
import { isObject, scalarText } from "../../../engine/model/value.js";
import { canonicalEntry, type Fields, field, isBlank, layEntry } from "./fields.js";
import { suggest } from "./suggestion.js";

interface Region {
  readonly name: string;
  readonly values: Fields;
}

/**
 * The entry over its profile, with its region chosen: OS_REGION_NAME, `region_name`, the first of the
 * entry's own `regions`, or the only one of the profile's; the region's `values` are laid over all.
 * A profile's list only tells what there was when it was written: the catalog decides.
 * Throws `bad-cloud-config` for a region that the entry's own `regions` do not list.
 */
export function selectRegion(
  entry: Fields,
  profile: Fields,
  wanted: string | undefined,
  cloud: string,
): Fields {
  const whole = layEntry(profile, entry);
  const own = listedRegions(entry);
  const theirs = listedRegions(profile);
  const only = theirs.length === 1 ? theirs[0]?.name : undefined;
  const name = wanted || namesIn(entry)[0] || own[0]?.name || namesIn(profile)[0] || only;
  if (!name) return whole;
  const regions = own.length > 0 ? own : theirs;
  const chosen = regions.find((region) => region.name === name);
  if (!chosen && own.length > 0) {
    const names = own.map((region) => region.name);
    throw new OutsideError("bad-cloud-config", `the cloud "${cloud}" has no region "${name}"`, {
      help: suggest(name, names),
    });
  }
  return { ...layEntry(whole, chosen?.values ?? {}), region_name: name };
}

/** An older form lists regions here, also with commas. */
function namesIn(entry: Fields): readonly string[] {
  const name = field(entry, "region_name");
  if (Array.isArray(name)) return name.map((it: unknown) => scalarText(it));
  return isBlank(name) ? [] : scalarText(name).split(/\s*,\s*/u);
}

function listedRegions(entry: Fields): readonly Region[] {
  const regions = field(entry, "regions");
  if (!Array.isArray(regions)) {
    const names = namesIn(entry);
    return names.length > 1 ? names.map((name) => ({ name, values: {} })) : [];
  }
  return regions.map((region: unknown) => {
    if (!isObject(region)) return { name: scalarText(region), values: {} };
    const values = field(region, "values");
    return {
      name: scalarText(field(region, "name")),
      values: isObject(values) ? canonicalEntry(values) : {},
    };
  });
}
