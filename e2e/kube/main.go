// Command kube is a Kubernetes control plane for tests in one program.
//
//	kube up DIR    starts etcd, API server, controller manager, scheduler and pretended nodes on
//	               loopback ports, writes DIR/admin.kubeconfig, prints "ready" and runs until its
//	               standard input ends or it gets SIGTERM
//
// The Kubernetes components are those of k8s.io/kubernetes, unchanged; each runs in a process of
// its own (this program again, with the component's name as first argument), since two of them in
// one process would share flags and metrics.
package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"k8s.io/component-base/cli"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

func main() {
	if len(os.Args) < 2 {
		usage()
	}
	switch os.Args[1] {
	case "up":
		if len(os.Args) != 3 {
			usage()
		}
		if err := up(os.Args[2]); err != nil {
			fmt.Fprintln(os.Stderr, "kube:", err)
			os.Exit(1)
		}
	case "apiserver":
		component(apiserver.NewAPIServerCommand())
	case "controller-manager":
		component(controllers.NewControllerManagerCommand())
	case "scheduler":
		component(scheduler.NewSchedulerCommand())
	default:
		usage()
	}
}

func component(command *cobra.Command) {
	command.SetArgs(os.Args[2:])
	os.Exit(cli.Run(command))
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: kube up DIR")
	os.Exit(2)
}
