/** Remembers which cluster a browser was in last. Holds its id, nothing secret. */
export const lastClusterCookie = "shoal_cluster";
