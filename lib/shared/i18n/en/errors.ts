/** Messages of the area "errors". Keys start with "errors.". See translate.ts for plurals and parameters. */
export const errors = {
  "errors.slowDown": {
    one: "Too many wrong tries. Try again in 1 second.",
    other: "Too many wrong tries. Try again in {n} seconds.",
  },
  "errors.network": "The server cannot be reached. Check the connection and try again.",
  "errors.badAnswer":
    "The answer of the server makes no sense (HTTP {status}). Something in between may have changed it.",
} as const;
