const most = 200

/** A line is labelled by its id, and from the 201st on as one of the others: labels must not grow for ever. */
export function createLineLabels(): (lineId: string) => string {
  const known = new Set<string>()
  return (lineId) => {
    if (known.size < most) known.add(lineId)
    return known.has(lineId) ? lineId : 'other'
  }
}
