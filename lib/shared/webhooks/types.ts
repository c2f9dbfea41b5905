/** What a webhook deploys again. */
export const webhookKinds = ["service", "stack"] as const;
export type WebhookKind = (typeof webhookKinds)[number];

/** An inbound webhook without its secret. Times in ms since 1970. */
export interface WebhookItem {
  readonly id: string;
  readonly kind: WebhookKind;
  /** Id of the service, or the name of the stack. */
  readonly object: string;
  readonly objectName: string;
  /** What it is for, as its maker called it. */
  readonly name: string;
  readonly createdAt: number;
  readonly createdBy: string;
  /** Null: never. */
  readonly lastUsedAt: number | null;
  /** Why the last call failed; null: it did not. */
  readonly lastError: string | null;
}

/** The only time that the secret is shown. */
export interface NewWebhook {
  readonly item: WebhookItem;
  readonly token: string;
}

/** Where webhooks are called, below the server's address. The token follows in the path, or goes in a header. */
export const webhookPath = "/api/v1/hooks";
