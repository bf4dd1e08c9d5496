/* context_x86_64.S — the switch for the System V AMD64 calling convention.
 *
 * A function must preserve rbx, rbp, r12 to r15, rsp, and the control bits of
 * mxcsr and of the x87 unit ("System V ABI, AMD64 Supplement", 3.2.1 and 3.2.3).
 * The x87 control word is loaded only if it differs: it rarely does, and loading it
 * is slow. mxcsr is always loaded, since that is faster than comparing it.
 *
 * Saved, from the stack pointer up:
 *     0 mxcsr  4 x87  8 r12  16 r13  24 r14  32 r15  40 rbx  48 rbp  56 return
 */
#if defined(__x86_64__) && !defined(CO_CONTEXT_UCONTEXT)

#if defined(__APPLE__)
#define NAME(name) _##name
#define FUNCTION(name) .globl NAME(name); .p2align 4; NAME(name):
#define END(name)
#else
#define NAME(name) name
#define FUNCTION(name) \
    .globl name; .hidden name; .type name, @function; .p2align 4; name:
#define END(name) .size name, . - name
#endif

.text

/* int co_context_jump(void **ret_sp, void *sp, int value) */
FUNCTION(co_context_jump)
    .cfi_startproc
    leaq    -56(%rsp), %rsp
    .cfi_adjust_cfa_offset 56
    stmxcsr (%rsp)
    fnstcw  4(%rsp)
    movq    %r12, 8(%rsp)
    movq    %r13, 16(%rsp)
    movq    %r14, 24(%rsp)
    movq    %r15, 32(%rsp)
    movq    %rbx, 40(%rsp)
    movq    %rbp, 48(%rsp)
    .cfi_rel_offset r12, 8
    .cfi_rel_offset r13, 16
    .cfi_rel_offset r14, 24
    .cfi_rel_offset r15, 32
    .cfi_rel_offset rbx, 40
    .cfi_rel_offset rbp, 48
    movzwl  4(%rsp), %r9d
    movq    %rsp, (%rdi)

    movq    %rsi, %rsp          /* from here on, the other stack: same layout */
    ldmxcsr (%rsp)
    cmpw    4(%rsp), %r9w
    jne     2f
1:  movq    8(%rsp), %r12
    movq    16(%rsp), %r13
    movq    24(%rsp), %r14
    movq    32(%rsp), %r15
    movq    40(%rsp), %rbx
    movq    48(%rsp), %rbp
    movq    56(%rsp), %r8
    movl    %edx, %eax
    leaq    64(%rsp), %rsp
    .cfi_def_cfa rsp, 0
    .cfi_register rip, r8
    .cfi_same_value r12
    .cfi_same_value r13
    .cfi_same_value r14
    .cfi_same_value r15
    .cfi_same_value rbx
    .cfi_same_value rbp
    jmpq    *%r8                /* a ret would be mispredicted */
    .cfi_def_cfa rsp, 64
    .cfi_offset rip, -8
    .cfi_rel_offset r12, 8
    .cfi_rel_offset r13, 16
    .cfi_rel_offset r14, 24
    .cfi_rel_offset r15, 32
    .cfi_rel_offset rbx, 40
    .cfi_rel_offset rbp, 48
2:  fldcw   4(%rsp)
    jmp     1b
    .cfi_endproc
END(co_context_jump)

/* Where a prepared stack begins: call r12(r13). It has no caller, so an unwinder must
 * stop here.
 */
FUNCTION(co_context_start)
    .cfi_startproc
    .cfi_undefined rip
    movq    %r13, %rdi
    xorl    %ebp, %ebp
    callq   *%r12
    ud2
    .cfi_endproc
END(co_context_start)

/* int co_context_call(int (*fn)(void *), void *argument)
 *
 * `fn` is entered with rsp 40 bytes below a multiple of 64. If it has a small frame and
 * waits, all that a switch saves (56 bytes, and the return address above) is in one
 * cache line.
 */
FUNCTION(co_context_call)
    .cfi_startproc
    pushq   %rbp
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset rbp, 0
    movq    %rsp, %rbp
    .cfi_def_cfa_register rbp
    movq    %rdi, %rax
    movq    %rsi, %rdi
    andq    $-64, %rsp
    subq    $32, %rsp
    callq   *%rax
    movq    %rbp, %rsp
    popq    %rbp
    .cfi_def_cfa rsp, 8
    ret
    .cfi_endproc
END(co_context_call)

#endif

#if defined(__linux__)
.section .note.GNU-stack, "", @progbits
#endif
