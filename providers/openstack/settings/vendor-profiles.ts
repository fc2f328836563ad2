import type { Fields } from "./fields.js";

/**
 * Public clouds by the name that `profile` gives them, as openstacksdk knows them
 * (openstack/config/vendors/*.json, 2026): of these facts those that matter here. Their lists of
 * regions grow old, so regions are left to the cloud's own catalog; clouds that were shut down or
 * speak only identity v2 (conoha, rackspace) are left out.
 */
export const VENDOR_PROFILES: Fields = {
  auro: at("https://api.van2.auro.io:5000/v3"),
  betacloud: at("https://api-1.betacloud.de:5000"),
  binero: at("https://auth.binero.cloud:5000/v3"),
  catalyst: at("https://api.cloud.catalyst.net.nz:5000/v3"),
  citycloud: at("https://{region_name}.citycloud.com:5000/v3/"),
  elastx: at("https://ops.elastx.cloud:5000/v3"),
  entercloudsuite: at("https://api.entercloudsuite.com/"),
  limestonenetworks: at("https://auth.cloud.lstn.net:5000/v3"),
  otc: { ...at("https://iam.{region_name}.otc.t-systems.com/v3"), region_name: "eu-de" },
  "otc-swiss": { ...at("https://iam-pub.eu-ch2.sc.otc.t-systems.com/v3"), region_name: "eu-ch2" },
  ovh: at("https://auth.cloud.ovh.net/"),
  "ovh-us": at("https://auth.cloud.ovh.us/"),
  switchcloud: at("https://identity.compute.cloud.switch.ch/v3"),
  switchengines: at("https://keystone.cloud.switch.ch:5000/v3"),
  ultimum: at("https://console.ultimum-cloud.com:5000/"),
  unitedstack: at("https://identity.api.ustack.com/v3"),
  vexxhost: { profile: "https://vexxhost.com" },
};

function at(url: string): Fields {
  return { auth: { auth_url: url } };
}
