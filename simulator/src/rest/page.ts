import { one, type Form } from './form.ts'

/** A part of a list, by Twilio's parameters PageSize and Page. */
export interface Page<Item> {
  items: Item[]
  page: number
  pageSize: number
  hasMore: boolean
}

const defaultSize = 50

export function cut<Item>(all: Item[], form: Form, maxSize: number): Page<Item> {
  const read = (name: string, fallback: number) => {
    const value = Number(one(form, name))
    return Number.isInteger(value) && value >= 0 ? value : fallback
  }
  const pageSize = Math.min(maxSize, Math.max(1, read('PageSize', defaultSize)))
  const page = read('Page', 0)
  const start = page * pageSize
  return {
    items: all.slice(start, start + pageSize),
    page,
    pageSize,
    hasMore: all.length > start + pageSize,
  }
}

/** The query of another page of the same list. */
export function pageQuery(form: Form, pageSize: number, page: number): string {
  const kept = Object.entries(form).flatMap(([name, value]) =>
    ['PageSize', 'Page', 'PageToken'].includes(name) || value === undefined
      ? []
      : [value].flat().map((one): [string, string] => [name, one]),
  )
  return new URLSearchParams([
    ...kept,
    ['PageSize', String(pageSize)],
    ['Page', String(page)],
  ]).toString()
}
