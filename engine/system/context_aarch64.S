/* context_aarch64.S — the switch for the Arm 64-bit procedure call standard.
 *
 * A function must preserve x19 to x29, sp, and the low halves of v8 to v15
 * (AAPCS64, 6.1.1 and 6.1.2). The return address is in x30.
 *
 * Saved, from the stack pointer up: x19 to x30 (12 × 8), d8 to d15 (8 × 8).
 */
#if defined(__aarch64__) && !defined(CO_CONTEXT_UCONTEXT)

#if defined(__APPLE__)
#define NAME(name) _##name
#define FUNCTION(name) .globl NAME(name) %% .p2align 4 %% NAME(name):
#define END(name)
#else
#define NAME(name) name
#define FUNCTION(name) \
    .globl name; .hidden name; .type name, %function; .p2align 4; name:
#define END(name) .size name, . - name
#endif

.text

/* int co_context_jump(void **ret_sp, void *sp, int value) */
FUNCTION(co_context_jump)
    .cfi_startproc
    sub     sp, sp, #160
    .cfi_adjust_cfa_offset 160
    stp     x19, x20, [sp, #0]
    stp     x21, x22, [sp, #16]
    stp     x23, x24, [sp, #32]
    stp     x25, x26, [sp, #48]
    stp     x27, x28, [sp, #64]
    stp     x29, x30, [sp, #80]
    stp     d8, d9, [sp, #96]
    stp     d10, d11, [sp, #112]
    stp     d12, d13, [sp, #128]
    stp     d14, d15, [sp, #144]
    .cfi_rel_offset x19, 0
    .cfi_rel_offset x20, 8
    .cfi_rel_offset x21, 16
    .cfi_rel_offset x22, 24
    .cfi_rel_offset x23, 32
    .cfi_rel_offset x24, 40
    .cfi_rel_offset x25, 48
    .cfi_rel_offset x26, 56
    .cfi_rel_offset x27, 64
    .cfi_rel_offset x28, 72
    .cfi_rel_offset x29, 80
    .cfi_rel_offset x30, 88
    mov     x9, sp
    str     x9, [x0]

    mov     sp, x1              /* from here on, the other stack: same layout */
    ldp     x19, x20, [sp, #0]
    ldp     x21, x22, [sp, #16]
    ldp     x23, x24, [sp, #32]
    ldp     x25, x26, [sp, #48]
    ldp     x27, x28, [sp, #64]
    ldp     x29, x30, [sp, #80]
    ldp     d8, d9, [sp, #96]
    ldp     d10, d11, [sp, #112]
    ldp     d12, d13, [sp, #128]
    ldp     d14, d15, [sp, #144]
    mov     w0, w2
    add     sp, sp, #160
    .cfi_def_cfa sp, 0
    .cfi_same_value x29
    .cfi_same_value x30
    mov     x16, x30
    br      x16                 /* a ret would be mispredicted */
    .cfi_endproc
END(co_context_jump)

/* Where a prepared stack begins: call x19(x20). It has no caller, so an unwinder must
 * stop here.
 */
FUNCTION(co_context_start)
    .cfi_startproc
    .cfi_undefined x30
    mov     x0, x20
    mov     x29, xzr
    blr     x19
    brk     #1
    .cfi_endproc
END(co_context_start)

#endif

#if defined(__linux__)
.section .note.GNU-stack, "", %progbits
#endif
