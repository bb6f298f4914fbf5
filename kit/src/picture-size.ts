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

/** A picture's size as it is looked at: turned the way the camera was held. Nulls where there is none. */
export function readPictureSize(
  bytes: Uint8Array,
): { width: number; height: number } | { width: null; height: null } {
  try {
    const { width, height, orientation = 1 } = imageSize(bytes)
    return orientation > 4 ? { width: height, height: width } : { width, height }
  } catch {
    return { width: null, height: null }
  }
}
