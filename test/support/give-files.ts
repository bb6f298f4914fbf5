import type { Page } from 'playwright-core'

interface GivenFile {
  name: string
  type: string
  /** In base64. */
  data: string
}

/** As a drop or a paste of files from outside the browser. */
export async function giveFiles(
  page: Page,
  selector: string,
  kind: 'drop' | 'paste',
  files: GivenFile[],
): Promise<void> {
  const event =
    kind === 'drop'
      ? `new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true })`
      : `new ClipboardEvent('paste', { clipboardData: files, bubbles: true, cancelable: true })`
  await page.evaluate(`{
    const files = new DataTransfer()
    for (const { name, type, data } of ${JSON.stringify(files)}) {
      const bytes = Uint8Array.from(atob(data), (each) => each.charCodeAt(0))
      files.items.add(new File([bytes], name, { type }))
    }
    document.querySelector(${JSON.stringify(selector)}).dispatchEvent(${event})
  }`)
}

/** Counts in `previews` how many pictures are made of files. */
export async function countPreviews(page: Page): Promise<void> {
  await page.evaluate(`{
    window.previews = 0
    const create = URL.createObjectURL
    URL.createObjectURL = (blob) => {
      window.previews += 1
      return create.call(URL, blob)
    }
  }`)
}

/** A picture of one dot, in base64. */
export const dot =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
