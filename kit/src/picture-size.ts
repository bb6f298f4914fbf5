import { imageSize } from 'image-size'

/** Of all frames a picture unfolds into, in what opens it: 200 MB of memory. */
const maxPixels = 50_000_000

/**
 * Whether a picture of few bytes would unfold into far more than a page can hold. Its header is believed,
 * as whoever opens it believes it.
 */
export function hasTooManyPixels(bytes: Uint8Array): boolean {
  try {
    const { width, height } = imageSize(bytes)
    return width * height > maxPixels
  } catch {
    // No size that can be read: nothing that could be shown either.
    return false
  }
}
