/** Of every JSON view. Members may be added to a version; none changes its meaning or goes. */
export const FORMAT_VERSION = 1;
