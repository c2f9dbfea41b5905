import { Banner } from "#components/ui/banner.tsx";
import { ApiError } from "#lib/client/api.ts";

/**
 * Why sending a form did not work, with the engine's own words; nothing while there is nothing to say. `withFields`: also
 * what was found wrong with single fields, for a form that does not say it beside them.
 */
export function FormFailure({ error, withFields = false }: { error: unknown; withFields?: boolean }) {
  if (error === undefined || error === null) return null;
  const message = error instanceof Error ? error.message : String(error);
  const problem = error instanceof ApiError ? error.problem : null;
  const fields = withFields ? Object.values(problem?.details?.fields ?? {}) : [];
  return (
    <Banner tone="bad" role="alert" engineText={problem?.engineText}>
      {[message, ...fields.filter((text) => typeof text === "string")].join(" ")}
    </Banner>
  );
}
