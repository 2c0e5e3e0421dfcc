package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
)

// up runs everything until standard input ends, a signal comes, or a component dies.
func up(dir string) error {
	// Children are told to end when the thread that started them does.
	runtime.LockOSThread()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()

	port, err := freePort()
	if err != nil {
		return err
	}
	etcd, endpoint, err := startEtcd(filepath.Join(dir, "etcd"))
	if err != nil {
		return fmt.Errorf("etcd: %w", err)
	}
	defer etcd.Close()
	keys, err := writeKeys(dir, port)
	if err != nil {
		return fmt.Errorf("keys: %w", err)
	}

	died := make(chan error, 3)
	api, err := start(dir, died, "apiserver", apiserverFlags(keys, endpoint, port))
	if err != nil {
		return err
	}
	defer end(api)
	client, err := connect(ctx, keys.admin, died)
	if err != nil {
		return err
	}
	for name, flags := range map[string][]string{
		"controller-manager": controllerFlags(keys),
		"scheduler":          schedulerFlags(keys),
	} {
		process, err := start(dir, died, name, flags)
		if err != nil {
			return err
		}
		defer end(process)
	}
	if err := createNodes(ctx, client); err != nil {
		return fmt.Errorf("nodes: %w", err)
	}
	go pretendKubelets(ctx, client)

	fmt.Println("ready")
	select {
	case <-ctx.Done():
		return nil
	case err := <-died:
		return err
	}
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port, nil
}

// start runs one component; its log goes to DIR/NAME.log.
func start(dir string, died chan<- error, name string, flags []string) (*exec.Cmd, error) {
	log, err := os.Create(filepath.Join(dir, name+".log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	own, err := os.Executable()
	if err != nil {
		return nil, err
	}
	process := exec.Command(own, append([]string{name}, flags...)...)
	process.Stdout, process.Stderr = log, log
	process.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := process.Start(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	go func() { died <- fmt.Errorf("%s ended (%v), see %s", name, process.Wait(), log.Name()) }()
	return process, nil
}

// end kills: nothing of a test's control plane is worth a graceful end.
func end(process *exec.Cmd) { _ = process.Process.Kill() }

// connect waits until the API server says that it is ready.
func connect(ctx context.Context, kubeconfig string, died <-chan error) (*kubernetes.Clientset, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	config.QPS, config.Burst = 200, 400
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	for until := time.Now().Add(2 * time.Minute); time.Now().Before(until); {
		if client.RESTClient().Get().AbsPath("/readyz").Do(ctx).Error() == nil {
			return client, nil
		}
		select {
		case err := <-died:
			return nil, err
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return nil, errors.New("the API server was not ready within two minutes")
}

func apiserverFlags(keys keys, etcd string, port int) []string {
	return []string{
		"--etcd-servers=" + etcd,
		"--bind-address=127.0.0.1",
		"--advertise-address=127.0.0.1",
		"--endpoint-reconciler-type=none",
		"--secure-port=" + strconv.Itoa(port),
		"--tls-cert-file=" + keys.server.certificate,
		"--tls-private-key-file=" + keys.server.key,
		"--client-ca-file=" + keys.authority,
		"--authorization-mode=RBAC",
		"--service-cluster-ip-range=10.96.0.0/16",
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file=" + keys.tokens,
		"--service-account-signing-key-file=" + keys.tokens,
		"--profiling=false",
	}
}

func controllerFlags(keys keys) []string {
	return []string{
		"--kubeconfig=" + keys.controllers,
		"--use-service-account-credentials",
		"--service-account-private-key-file=" + keys.tokens,
		"--root-ca-file=" + keys.authority,
		"--leader-elect=false",
		"--secure-port=0",
		"--kube-api-qps=200",
		"--kube-api-burst=400",
		// Pretended nodes send no heartbeats.
		"--controllers=*,-node-lifecycle-controller,-taint-eviction-controller",
	}
}

func schedulerFlags(keys keys) []string {
	return []string{"--kubeconfig=" + keys.scheduler, "--leader-elect=false", "--secure-port=0"}
}
