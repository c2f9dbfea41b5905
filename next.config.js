/** @type {import("next").NextConfig} */
export default {
  output: "standalone",
  poweredByHeader: false,
  reactCompiler: true,
  typedRoutes: false,
  agentRules: false,
  // Development is served on localhost; this is the same machine by its address.
  allowedDevOrigins: ["127.0.0.1"],
  images: { unoptimized: true },
  // `npm test` checks the types of the whole project; a start need not wait for that.
  typescript: { ignoreBuildErrors: true },
  outputFileTracingRoot: import.meta.dirname,
  // Images are not optimised, so their library stays out of the payload. Only "**" reaches the server's own trace.
  outputFileTracingExcludes: { "**": ["node_modules/sharp/**", "node_modules/@img/**"] },
};
