// The row loops, counted cycle by cycle. board.h tells what they do; board/native/capture_twin.c is the same in C, for the PC.
//
// Why cycles are counted and edges are not waited for: XCLK is half the chip's clock and PCLK is XCLK divided by a whole number, so from the
// first rise of PCLK on every further one comes after an exact number of cycles. Waiting for an edge takes 3 cycles a look; at 2 Mbit/s two
// bytes of the sensor last 40 cycles, of which taking one, sending one and its CRC need 30.
//
//   PCLK   ____/~~~~\____/~~~~\____      data change where PCLK falls and hold for one period
//   found      ^ within 2 cycles
//   taken         ^ 3 cycles after that: port C; 4: port D (and both pass the input latch, which is 1 to 1.5 cycles late)
//
// A byte of the sensor lasts at least 16 cycles (QQVGA gray at 2 Mbit/s), half of it with PCLK high: 8 cycles, of which at most 7 are used.

#if defined(__AVR_ATmega328P__)

#include "pins.h"
#include <avr/io.h>

#define RESULT_WHOLE 0 // board_row_result_t, in its order
#define RESULT_NO_HREF 1
#define RESULT_NO_PCLK 2
#define RESULT_CUT 3

#define FIRST_PREDICTION 64 // as in link/dpcm.h
#define BYTE_MASK 0x88

#define ROW_WRITE 0 // offsets in board_row_t
#define ROW_READ 2
#define ROW_CRC 4
#define ROW_BYTES 6
#define ROW_WAIT_LOOPS 8

// X write, Z read, Y the board_row_t, r25:r24 samples left, r19:r18 CRC, r2 zero, r3 port B at the last sample, r16 = 16, r17 = 8.

.macro DELAY cycles             // clobbers r21
.if (\cycles) >= 3
    ldi  r21, (\cycles) / 3     // 1
.Lwait\@:
    dec  r21                    // 1
    brne .Lwait\@               // 2, the last time 1
.endif                          // together 3 * (cycles / 3)
.rept (\cycles) % 3
    nop
.endr
.endm

.macro SAMPLE look_at_href=0    // 9 cycles, 10 with HREF
    in   r20, _SFR_IO_ADDR(PINC)    // 1
    in   r21, _SFR_IO_ADDR(PIND)    // 1
.if \look_at_href
    in   r3, _SFR_IO_ADDR(PINB)     // 1  at once: HREF falls half a byte after the last byte was taken
.endif
    andi r20, DATA_LOW_MASK     // 1
    andi r21, DATA_HIGH_MASK    // 1
    or   r20, r21               // 1
    cpi  r20, 1                 // 1  carry only for 00 ...
    adc  r20, r2                // 1  ... which becomes 01: no byte of a packet but the last is 00
    st   X+, r20                // 2
.endm

.macro CRC_BYTE                 // 13 cycles; byte in r22; shifts by multiplying
    eor  r22, r18               // 1  byte ^= low
    mul  r22, r16               // 2  r0 = byte << 4
    eor  r22, r0                // 1  byte ^= byte << 4
    mul  r22, r16               // 2  r1 = byte >> 4
    mov  r18, r19               // 1  low = high
    eor  r18, r1                // 1  low ^= byte >> 4
    mul  r22, r17               // 2  r1:r0 = byte << 3
    eor  r18, r0                // 1
    mov  r19, r22               // 1  high = byte
    eor  r19, r1                // 1
.endm

// Saves registers, loads the row's state, waits for HREF and then for PCLK (2 cycles a look, 128 cycles at most). HREF is looked at every 3 or 4 cycles: it
// rises half a byte before PCLK, which at 2 Mbit/s, compressed, is 6 cycles, and 3 go by before the first look at PCLK.
// Compressed: Y reads, Z is the table of steps, r4 the prediction, r5 the mask; the board_row_t waits on the stack.
.macro BEGIN_ROW compressed=0
    push r2
    push r3
    push r4
    push r5
    push r16
    push r17
    push r28
    push r29
    movw r28, r24
    ldd  r26, Y + ROW_WRITE
    ldd  r27, Y + ROW_WRITE + 1
    ldd  r30, Y + ROW_READ
    ldd  r31, Y + ROW_READ + 1
    ldd  r18, Y + ROW_CRC
    ldd  r19, Y + ROW_CRC + 1
    ldd  r24, Y + ROW_BYTES
    ldd  r25, Y + ROW_BYTES + 1
    ldd  r20, Y + ROW_WAIT_LOOPS
    ldd  r21, Y + ROW_WAIT_LOOPS + 1
.if \compressed
    lsr  r25                        // two bytes a loop
    ror  r24
    push r28
    push r29
    movw r28, r30
    ldi  r31, hi8(dpcm_steps)
    ldi  r16, FIRST_PREDICTION
    mov  r4, r16
    ldi  r16, BYTE_MASK
    mov  r5, r16
    clt                             // no byte has been sent whose CRC is due
.endif
    clr  r2
    ldi  r16, 16
    ldi  r17, 8
    ldi  r23, RESULT_NO_HREF
.Lhref\@:                           // 10 cycles
    sbic _SFR_IO_ADDR(PINB), PIN_HREF   // 2 while low, 1 when high
    rjmp .Lpclk\@                       // 2
    subi r20, 1                         // 1
    sbic _SFR_IO_ADDR(PINB), PIN_HREF
    rjmp .Lpclk\@
    sbci r21, 0                         // 1
    sbic _SFR_IO_ADDR(PINB), PIN_HREF
    rjmp .Lpclk\@
    brcc .Lhref\@                       // 2
    ROW_ENDS \compressed
.Lpclk\@:
.rept 64
    sbic _SFR_IO_ADDR(PINB), PIN_PCLK   // 2 while low, 1 when high
    rjmp .Lfirst\@                      // 2
.endr
    ldi  r23, RESULT_NO_PCLK
    ROW_ENDS \compressed
.Lfirst\@:
.endm

.macro ROW_ENDS compressed
.if \compressed
    jmp  board_row_compressed_end
.else
    jmp  board_row_end
.endif
.endm

// One loop is two samples of \period cycles each; in the first one's time a byte is sent if there is room, in the second one's none.
// Both ways through the sending take 21 cycles. At 2 Mbit/s and 40 cycles a sample the loop is exactly one byte of the line.
.macro SENDING_LOOP period
    .section .text.board_row_sending_\period, "ax", @progbits
    .global board_row_sending_\period
board_row_sending_\period:
    BEGIN_ROW
.Lloop\@:
    SAMPLE                      // 9
    lds  r23, UCSR0A            // 2
    sbrs r23, UDRE0             // 2 with room, 1 without
    rjmp .Lno_room\@            // 2
    ld   r22, Z+                // 2
    sts  UDR0, r22              // 2
    CRC_BYTE                    // 13
.Lsent\@:
    DELAY (\period - 30)        // 30 = 9 + 21
    SAMPLE look_at_href=1       // 10
    DELAY (\period - 14)        // 14 = 10 + 4
    sbiw r24, 2                 // 2
    brne .Lloop\@               // 2
    jmp  board_row_captured
.Lno_room\@:                    // 2 + 1 + 2 cycles gone, 14 here, 2 back: 21
    DELAY 14
    rjmp .Lsent\@               // 2
.endm

// Storing only: for the checks, and where a sample's time is too short for more.
.macro STORING_LOOP period
    .section .text.board_row_storing_\period, "ax", @progbits
    .global board_row_storing_\period
board_row_storing_\period:
    BEGIN_ROW
.Lloop\@:
    SAMPLE look_at_href=1       // 10
    DELAY (\period - 14)        // 14 = 10 + 4
    sbiw r24, 1                 // 2
    brne .Lloop\@               // 2
    jmp  board_row_captured
.endm

    .section .text.board_row_captured, "ax", @progbits
board_row_captured:
    ldi  r23, RESULT_WHOLE
    sbrs r3, PIN_HREF           // HREF must still have been high when the last byte was taken
    ldi  r23, RESULT_CUT
board_row_end:
    std  Y + ROW_WRITE, r26
    std  Y + ROW_WRITE + 1, r27
    std  Y + ROW_READ, r30
    std  Y + ROW_READ + 1, r31
    std  Y + ROW_CRC, r18
    std  Y + ROW_CRC + 1, r19
    mov  r24, r23
    clr  r1                     // the compiler expects 0 there; mul has used it
    pop  r29
    pop  r28
    pop  r17
    pop  r16
    pop  r5
    pop  r4
    pop  r3
    pop  r2
    ret

// ---- Compressed rows: link/dpcm.h ----

.macro PIXEL into, look_at_href=0   // 10 cycles, 11 with HREF; the pixel's step in \into
    in   r30, _SFR_IO_ADDR(PINC)    // 1
    in   r21, _SFR_IO_ADDR(PIND)    // 1
.if \look_at_href
    in   r3, _SFR_IO_ADDR(PINB)     // 1
.endif
    andi r30, DATA_LOW_MASK         // 1
    andi r21, DATA_HIGH_MASK        // 1
    or   r30, r21                   // 1
    lsr  r30                        // 1
    sub  r30, r4                    // 1
    ld   \into, Z                   // 2
    add  r4, \into                  // 1
.endm

.macro PACK                         // 7 cycles; r23 the even pixel's step, r21 the odd one's
    andi r23, 0x0F                  // 1
    swap r21                        // 1
    andi r21, 0xF0                  // 1
    or   r23, r21                   // 1
    eor  r23, r5                    // 1
    st   X+, r23                    // 2
.endm

// One loop is four pixels of \period cycles each and makes two bytes. In the third one's time a byte is sent if there is room, in the first one's of the next
// loop it goes into the CRC; T says whether there is one. The shortest period is what the first and the fourth need: 24 cycles.
// The row's first pixel is taken where PCLK was found high, the others 3 cycles earlier in their bytes: 0 to 2 cycles after PCLK has risen, the middle of
// their time. At 2 Mbit/s a byte of the sensor lasts 12 cycles.
.macro COMPRESSING_LOOP period
    .section .text.board_row_compressing_\period, "ax", @progbits
    .global board_row_compressing_\period
board_row_compressing_\period:
    BEGIN_ROW compressed=1
    PIXEL r23                   // 10
    DELAY (\period - 15)        // 15 = 10 + 3 + 2
    rjmp .Lsecond\@             // 2
.Lno_crc\@:                     // 12 cycles gone
    DELAY (\period - 14)
    rjmp .Lsecond\@             // 2
.Lloop\@:
    PIXEL r23                   // 10
    brtc .Lno_crc\@             // 1, taken 2
    CRC_BYTE                    // 13
    DELAY (\period - 24)
.Lsecond\@:
    PIXEL r21                   // 10
    PACK                        // 7
    DELAY (\period - 17)
    PIXEL r23                   // 10
    lds  r20, UCSR0A            // 2
    sbrs r20, UDRE0             // 2 with room, 1 without
    rjmp .Lno_room\@            // 2
    set                         // 1
    ld   r22, Y+                // 2
    sts  UDR0, r22              // 2
    DELAY (\period - 19)
.Lfourth\@:
    PIXEL r21, look_at_href=1   // 11
    PACK                        // 7
    DELAY (\period - 23)        // 23 = 11 + 7 + 5
    sbiw r24, 1                 // 2
    breq .Ldone\@               // 1
    rjmp .Lloop\@               // 2
.Ldone\@:
    brtc .Lall_in_crc\@
    CRC_BYTE
.Lall_in_crc\@:
    movw r30, r28
    pop  r29
    pop  r28
    jmp  board_row_captured
.Lno_room\@:                    // 15 cycles gone
    clt                         // 1
    DELAY (\period - 18)        // 18 = 15 + 1 + 2
    rjmp .Lfourth\@             // 2
.endm

    .section .text.board_row_compressed_end, "ax", @progbits
board_row_compressed_end:
    movw r30, r28
    pop  r29
    pop  r28
    jmp  board_row_end

    SENDING_LOOP 32
    SENDING_LOOP 36
    SENDING_LOOP 40
    SENDING_LOOP 48
    SENDING_LOOP 68
    SENDING_LOOP 72
    SENDING_LOOP 80
    SENDING_LOOP 136
    SENDING_LOOP 144
    STORING_LOOP 24
    STORING_LOOP 32
    COMPRESSING_LOOP 24
    COMPRESSING_LOOP 40
    COMPRESSING_LOOP 80

#endif
