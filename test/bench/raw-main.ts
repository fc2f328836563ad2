import { type RawStep, rawStep } from "./raw.js";

const [path = "", step] = process.argv.slice(2);
await rawStep(path, step as RawStep);
