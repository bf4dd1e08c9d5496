// The same workloads as goroutines, on one processor: peer.go NAME...
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"sync"
	"syscall"
	"time"
)

const alive = 10000

var start float64

// Of the processor, in user and in kernel mode.
func cpuSeconds() float64 {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

func perOperation(operations int) float64 {
	return (cpuSeconds() - start) * 1e9 / float64(operations)
}

// W1: the main goroutine yields like the others, each of which does so for ever.
func takeTurns(others, rounds int) float64 {
	for i := 0; i < others; i++ {
		go func() {
			for {
				runtime.Gosched()
			}
		}()
	}
	for i := 0; i < 3+rounds/10; i++ {
		runtime.Gosched()
	}
	start = cpuSeconds()
	for i := 0; i < rounds; i++ {
		runtime.Gosched()
	}
	return perOperation((1 + others) * rounds)
}

// W2: one at a time.
func oneByOne(tasks int) {
	for i := 0; i < tasks; i++ {
		done := make(chan struct{})
		go close(done)
		<-done
	}
}

func spawn() float64 {
	oneByOne(100000)
	start = cpuSeconds()
	oneByOne(1000000)
	return perOperation(1000000)
}

func batch(pauses bool) {
	var all sync.WaitGroup
	all.Add(alive)
	for i := 0; i < alive; i++ {
		go func() {
			if pauses {
				runtime.Gosched()
			}
			all.Done()
		}()
	}
	all.Wait()
}

func batches(pauses bool) float64 {
	for i := 0; i < 3; i++ {
		batch(pauses)
	}
	start = cpuSeconds()
	for i := 0; i < 50; i++ {
		batch(pauses)
	}
	return perOperation(50 * alive)
}

// W3: items through channels.
func pingpong() float64 {
	const roundTrips = 1000000
	there, back := make(chan *int, 1), make(chan *int, 1)
	go func() {
		for item := range there {
			back <- item
		}
	}()
	serve := func(times int) {
		for i := 0; i < times; i++ {
			there <- nil
			<-back
		}
	}
	serve(roundTrips / 10)
	start = cpuSeconds()
	serve(roundTrips)
	return perOperation(2 * roundTrips)
}

func buffered() float64 {
	const items = 4000000
	queue := make(chan *int, 1024)
	go func() {
		for {
			queue <- nil
		}
	}()
	consume := func(times int) {
		for i := 0; i < times; i++ {
			<-queue
		}
	}
	consume(items / 10)
	start = cpuSeconds()
	consume(items)
	return perOperation(items)
}

// W4: the processor's time for sleeping.
func sleepers() float64 {
	const count = 100000
	start = cpuSeconds()
	var all sync.WaitGroup
	all.Add(count)
	for i := 0; i < count; i++ {
		go func(milliseconds int) {
			time.Sleep(time.Duration(milliseconds) * time.Millisecond)
			all.Done()
		}(i * 7919 % 1000)
	}
	all.Wait()
	return cpuSeconds() - start
}

// W5: resident bytes of waiting.
func residentBytes() int {
	var size, resident int
	text, _ := os.ReadFile("/proc/self/statm")
	fmt.Sscan(string(text), &size, &resident)
	return resident * os.Getpagesize()
}

func park(tasks int) float64 {
	gate := make(chan struct{})
	before := residentBytes()
	for i := 0; i < tasks; i++ {
		go func() { <-gate }()
	}
	runtime.Gosched()
	runtime.Gosched()
	figure := float64(residentBytes()-before) / float64(tasks)
	close(gate)
	return figure
}

// W6: a lock held across a yield.
func contend(visits int) {
	var lock sync.Mutex
	var all sync.WaitGroup
	all.Add(1000)
	for i := 0; i < 1000; i++ {
		go func() {
			for j := 0; j < visits; j++ {
				lock.Lock()
				runtime.Gosched()
				lock.Unlock()
			}
			all.Done()
		}()
	}
	all.Wait()
}

func contended() float64 {
	contend(100)
	start = cpuSeconds()
	contend(1000)
	return perOperation(1000 * 1000)
}

var workloads = map[string]struct {
	unit    string
	measure func() float64
}{
	"W1.yield":       {"ns", func() float64 { return takeTurns(1, 2000000) }},
	"W1.ring.1000":   {"ns", func() float64 { return takeTurns(999, 4000) }},
	"W1.ring.100000": {"ns", func() float64 { return takeTurns(99999, 30) }},
	"W2.spawn":       {"ns", spawn},
	"W2.alive":       {"ns", func() float64 { return batches(true) }},
	"W2.brief":       {"ns", func() float64 { return batches(false) }},
	"W3.pingpong":    {"ns", pingpong},
	"W3.buffered":    {"ns", buffered},
	"W4.sleepers":    {"s", sleepers},
	"W5.100000":      {"B", func() float64 { return park(100000) }},
	"W5.1000000":     {"B", func() float64 { return park(1000000) }},
	"W6.lock":        {"ns", contended},
}

func main() {
	runtime.GOMAXPROCS(1)
	flag.Parse()
	for _, name := range flag.Args() {
		if workload, known := workloads[name]; known {
			fmt.Printf("%-14s %s %.3f\n", name, workload.unit, workload.measure())
		}
	}
}
