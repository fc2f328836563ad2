/** Whether a text is a page for people, HTML or XML, as dashboards and portals answer. */
export function isPage(text: string): boolean {
  return /^\s*</u.test(text);
}
