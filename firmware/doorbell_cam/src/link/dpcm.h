// Gray rows at half their size (format 3 of docs/protocol.md): of each pixel its upper seven bits, and of those the difference to the pixel
// before, as one of fifteen steps, two to a byte. Decoder and encoder add the same steps, so that an error of one pixel is made good by the
// next.
//
// The encoder takes the largest step that does not pass the pixel: what is added up never leaves 0 to 127, and no limit needs a check. The
// lowest four bits of every step are its code, all different, and none is 8: a byte with both halves turned by 8 is never 00, which ends
// packets.

#ifndef LINK_DPCM_H
#define LINK_DPCM_H

#include <stdint.h> // uint8_t

#define DPCM_FIRST_PREDICTION 64
#define DPCM_BYTE_MASK 0x88

// The step for a difference, which is its place in the table as an unsigned byte. On the boundary of a page, so that the row loops need to
// set the lower half of the address alone. dpcm_start fills it.
extern uint8_t dpcm_steps[256];

void dpcm_start(void);

// A row of gray pixels, an even number, to half as many bytes. The row loops of the board do the same pixel by pixel.
void dpcm_encode(const uint8_t *pixels, uint16_t count, uint8_t *packed);

#endif
