import type { ServiceView } from "#lib/shared/model/types.ts";

/** What the person may do to services, and the ways to do it. Each asks first where something stops or is lost. */
export interface ServiceActions {
  readonly may: {
    readonly scale: boolean;
    readonly edit: boolean;
    readonly restart: boolean;
    readonly remove: boolean;
    readonly env: boolean;
  };
  /** Why nothing can be changed now, whoever asks; null when changes are possible. */
  readonly blocked: string | null;
  /** Rejects when the number was not set, so that the stepper takes it back. */
  readonly scale: (service: ServiceView, replicas: number) => Promise<void>;
  /** Resolves true when the engine accepted it. */
  readonly restart: (service: ServiceView) => Promise<boolean>;
  readonly remove: (service: ServiceView) => Promise<boolean>;
}
