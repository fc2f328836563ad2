/** Who may import whom. ARCHITECTURE.md says why. */
const CORE = "^engine/(model|config|graph|planning|applying|auditing)/";

/** @param {string} name @param {string} from @param {string} to */
const forbid = (name, from, to, extra = {}) => ({
  name,
  severity: "error",
  from: { path: from },
  to: { path: to, ...extra },
});

/** A folder imports itself, and of the project's other folders only those listed. */
const only = (folder, ...others) => ({
  name: `${folder.replaceAll("/", "-")}-imports-only-${others.join("-").replaceAll("/", "-") || "itself"}`,
  severity: "error",
  from: { path: `^${folder}/` },
  to: {
    path: "^(engine|providers|state|test)/",
    pathNot: [folder, ...others].map((it) => `^${it}/`),
  },
});

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    only("engine/model"),
    only("engine/config", "engine/model"),
    only("engine/graph", "engine/model"),
    only("engine/planning", "engine/model", "engine/graph"),
    only("engine/applying", "engine/model", "engine/graph"),
    only("engine/auditing", "engine/model"),
    only("engine/ui", "engine/model"),
    only("providers/openstack", "engine/model"),
    only("providers/sandbox", "engine/model"),
    only("state", "engine/model"),
    forbid("settings-are-read-last", "^providers/openstack/(http|login)/", "/openstack/settings/"),
    {
      name: "registry-lists-providers",
      severity: "error",
      from: { path: "^providers/registry\\.ts$" },
      to: { path: "^(engine|state|test)/", pathNot: ["^engine/model/"] },
    },
    forbid("cli-is-the-root", "^(?!engine/cli/|test/)", "^engine/cli/"),
    forbid(
      "core-is-pure",
      CORE,
      "^node:|^(?:assert|buffer|child_process|crypto|fs|http|https|net|os|path|process|stream|tls|url|util|worker_threads)$",
      {},
    ),
    {
      name: "core-has-no-node",
      severity: "error",
      from: { path: CORE },
      to: { dependencyTypes: ["core"] },
    },
    forbid(
      "ink-only-in-ui",
      "^(engine/(model|config|graph|planning|applying|auditing|cli)|providers|state)/",
      "node_modules/(ink|react)/",
    ),
    { name: "nothing-unresolved", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "no-development-packages",
      severity: "error",
      from: { path: "^(engine|providers|state)/" },
      to: {
        dependencyTypes: ["npm-dev"],
        dependencyTypesNot: ["npm"],
        pathNot: "node_modules/@types/",
      },
    },
    {
      name: "nothing-orphaned",
      severity: "error",
      from: { orphan: true, path: "^(engine|providers|state)/", pathNot: "\\.d\\.ts$" },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
    },
  },
};
