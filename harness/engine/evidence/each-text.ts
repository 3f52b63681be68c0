/** A value of plain data with every text in it replaced. What does not change is not copied. */
export function eachText<Value>(value: Value, spell: (text: string) => string): Value;
export function eachText(value: unknown, spell: (text: string) => string): unknown {
  if (typeof value === 'string') return spell(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => eachText(item, spell));
    return items.every((item, at) => item === value[at]) ? value : items;
  }
  const members = Object.entries(value).map(
    ([name, member]) => [name, member, eachText(member, spell)] as const,
  );
  if (members.every(([, before, after]) => before === after)) return value;
  return Object.fromEntries(members.map(([name, , after]) => [name, after]));
}
