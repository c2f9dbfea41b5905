/** Units of lib/shared/format.ts. A normal space between number and unit, in every language that has one. */
export const format = {
  "format.seconds": "{n} s",
  "format.minutes": "{n} min",
  "format.hours": "{n} h",
  "format.days": "{n} d",
  "format.years": "{n} y",
  "format.bytes": "{n} B",
  "format.kilobytes": "{n} KB",
  "format.megabytes": "{n} MB",
  "format.gigabytes": "{n} GB",
  "format.terabytes": "{n} TB",
  "format.cpu": "{n} CPU",
  "format.percent": "{n} %",
} as const;
