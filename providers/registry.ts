import type { Provider } from "../engine/model/provider.js";
import { openstack } from "./openstack/provider.js";

/** Every provider there is. */
export const providers: readonly Provider[] = [openstack];
