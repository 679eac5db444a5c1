/**
 * A day as the pages of the site write it.
 * @param {string | Date} day `2025-03-14`, or a moment
 */
export function dayText(day) {
  const language = document.documentElement.lang;
  const form = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language || undefined, { dateStyle: "long", timeZone: "UTC" });
  return form.format(typeof day === "string" ? new Date(`${day}T00:00:00Z`) : day);
}
