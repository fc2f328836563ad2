import type { ValidateFunction } from "ajv/dist/2020.js";

/**
 * The validators of the built program, by name: the build compiles the schemas and puts the code here, since
 * compiling them takes longer than all else of a start. From sources there is none.
 */
export const BUILT_VALIDATORS: Readonly<Record<string, ValidateFunction>> = {};
