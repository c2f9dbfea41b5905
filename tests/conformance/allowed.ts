/** A difference that is left as it is, and why. */
export interface Allowance {
  /** `area: call` */
  readonly where: RegExp;
  readonly what: RegExp;
  readonly reason: string;
}

export const allowed: readonly Allowance[] = [
  {
    where: /^system: info of a/,
    what: /^Warnings: /,
    reason: "what an engine warns of is the kernel it runs on",
  },
  {
    where: /^consoles: a shell with a terminal$/,
    what: /^said: /,
    reason: "BusyBox greets and asks the terminal where its cursor is; the toy shell does neither",
  },
];
