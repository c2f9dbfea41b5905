/** Messages about newer images for services. Keys start with "newer.". */
export const newer = {
  "newer.error.noDigest": "The registry answered without a digest.",
  "newer.error.slowDown": {
    one: "Registries were asked a moment ago. Wait 1 second.",
    other: "Registries were asked a moment ago. Wait {n} seconds.",
  },
  "newer.error.gone":
    "{name} has another image by now, or its tag has moved on. Nothing was changed; look again.",
  "newer.platforms": "Platforms",
  "newer.title": "Newer images",
  "newer.count": { one: "1 newer image", other: "{n} newer images" },
  "newer.lead":
    "The tag of these services names another image in its registry than the one they are pinned to. An update pins the new one and replaces the tasks as the service's update settings say.",
  "newer.none": {
    one: "The service with a pinned tag runs what its tag names.",
    other: "All {n} services with a pinned tag run what their tag names.",
  },
  "newer.nothingPinned": "No service is pinned to a tag and its digest, so there is nothing to compare.",
  "newer.notChecked": "No registry was asked yet.",
  "newer.checked": "Asked",
  "newer.checking": "Asking the registries, one after another.",
  "newer.check": "Check now",
  "newer.mark": "newer",
  "newer.markHint": "Its tag names a newer image in the registry",
  "newer.failed": "These could not be asked about:",
  "newer.update": { one: "Update 1 service", other: "Update {n} services" },
  "newer.anyway": "Update anyway",
  "newer.one": "There is a newer image for {image}.",
  "newer.updateOne": "Update",
} as const;
