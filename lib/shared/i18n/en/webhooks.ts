/** Inbound webhooks. */
export const webhooks = {
  "webhooks.title": "Webhooks",
  "webhooks.about.service":
    "A call to a webhook replaces this service's tasks with what its image tag stands for now. Whoever knows its address can do that, and nothing else.",
  "webhooks.about.stack":
    "A call to a webhook deploys the newest files of this stack once more, with what the image tags stand for now. Whoever knows its address can do that, and nothing else.",
  "webhooks.none": "No webhooks yet.",
  "webhooks.add": "New webhook",
  "webhooks.name": "What it is for",
  "webhooks.nameHint": "Such as “CI of the web shop”. It stands in the audit log as who deployed.",
  "webhooks.nameMissing": "Say what it is for.",
  "webhooks.make": "Make it",
  "webhooks.done": "Done",
  "webhooks.shown": "Copy it now: the secret is not kept and cannot be shown again.",
  "webhooks.withHeader": "With the secret in a header",
  "webhooks.withPath": "For senders that can only be given an address",
  "webhooks.tagHint.service": "Add ?tag=1.2.3 to deploy another tag of the same image.",
  "webhooks.tagHint.stack": "Add ?tag=1.2.3 to give the variable TAG of the files this value.",
  "webhooks.never": "never called",
  "webhooks.lastUsed": "last called",
  "webhooks.madeBy": "made by {name}",
  "webhooks.remove": "Revoke",
  "webhooks.removeTitle": "Revoke the webhook {name}?",
  "webhooks.removeBody": "Calls to it are refused from now on.",
  "webhooks.caller": "webhook {name}",
  "webhooks.failed": "The last call failed: {why}",
  "webhooks.error.unknown":
    "There is no such webhook. It may have been revoked; a new one is made on the page of the service or the stack.",
  "webhooks.error.noFiles":
    "Shoal has no files of a stack {stack}, so there is nothing to deploy again. Deploy it here once.",
  "webhooks.error.gone": "There is no such webhook any more.",
  "webhooks.error.tooMany":
    "There are {most} webhooks in this cluster already. Revoke some that nobody needs.",
  "webhooks.error.slowDown": "Called too often. Try again in {seconds} s.",
} as const;
