package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/klog/v2"
)

// pretendKubelets says of every scheduled pod what a kubelet would say if all went well, and the
// same as a kubelet if a ConfigMap or Secret is missing. An image with the tag "broken" cannot be
// pulled. Nothing runs.
func pretendKubelets(ctx context.Context, client kubernetes.Interface) {
	factory := informers.NewSharedInformerFactory(client, 0)
	pods := factory.Core().V1().Pods().Lister()
	factory.Core().V1().Pods().Informer()
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	ticker := time.NewTicker(100 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		all, err := pods.List(labels.Everything())
		if err != nil {
			klog.ErrorS(err, "pods")
			continue
		}
		for number, pod := range all {
			if err := pretend(ctx, client, pod, number); err != nil && !stale(err) {
				klog.ErrorS(err, "pod", "namespace", pod.Namespace, "name", pod.Name)
			}
		}
	}
}

// stale errors mean that the informer has not yet seen our own last change.
func stale(err error) bool { return errors.IsConflict(err) || errors.IsNotFound(err) }

func pretend(ctx context.Context, client kubernetes.Interface, pod *core.Pod, number int) error {
	pods := client.CoreV1().Pods(pod.Namespace)
	switch {
	case pod.Spec.NodeName == "":
		return nil
	case pod.DeletionTimestamp != nil:
		now := int64(0)
		return pods.Delete(ctx, pod.Name, meta.DeleteOptions{
			GracePeriodSeconds: &now, Preconditions: meta.NewUIDPreconditions(string(pod.UID)),
		})
	case pod.Status.Phase != core.PodPending && pod.Status.Phase != "":
		return nil
	}
	pod = pod.DeepCopy()
	if reason, message := obstacle(ctx, client, pod); reason != "" {
		waiting := core.ContainerState{Waiting: &core.ContainerStateWaiting{Reason: reason, Message: message}}
		if len(pod.Status.ContainerStatuses) > 0 && pod.Status.ContainerStatuses[0].State.Waiting != nil &&
			pod.Status.ContainerStatuses[0].State.Waiting.Message == message {
			return nil
		}
		pod.Status.ContainerStatuses = states(pod, waiting, false)
	} else if pod.Spec.RestartPolicy == core.RestartPolicyNever {
		pod.Status.Phase = core.PodSucceeded
		pod.Status.ContainerStatuses = states(pod, core.ContainerState{
			Terminated: &core.ContainerStateTerminated{Reason: "Completed", StartedAt: meta.Now(), FinishedAt: meta.Now()},
		}, false)
	} else {
		pod.Status.Phase = core.PodRunning
		pod.Status.PodIP = fmt.Sprintf("10.244.%d.%d", number/250, number%250+1)
		pod.Status.PodIPs = []core.PodIP{{IP: pod.Status.PodIP}}
		pod.Status.ContainerStatuses = states(pod, core.ContainerState{
			Running: &core.ContainerStateRunning{StartedAt: meta.Now()},
		}, true)
		for _, condition := range []core.PodConditionType{core.PodInitialized, core.ContainersReady, core.PodReady} {
			pod.Status.Conditions = append(pod.Status.Conditions, core.PodCondition{
				Type: condition, Status: core.ConditionTrue, LastTransitionTime: meta.Now(),
			})
		}
	}
	if pod.Status.StartTime == nil {
		now := meta.Now()
		pod.Status.StartTime = &now
	}
	_, err := pods.UpdateStatus(ctx, pod, meta.UpdateOptions{})
	return err
}

// obstacle is what keeps the containers of a pod from starting.
func obstacle(ctx context.Context, client kubernetes.Interface, pod *core.Pod) (reason, message string) {
	for _, container := range pod.Spec.Containers {
		if strings.HasSuffix(container.Image, ":broken") {
			return "ImagePullBackOff", "cannot pull " + container.Image
		}
	}
	for _, volume := range pod.Spec.Volumes {
		if err := missing(ctx, client, pod.Namespace, volume); err != nil {
			return "CreateContainerConfigError", err.Error()
		}
	}
	return "", ""
}

// missing says which ConfigMap or Secret of a volume, or which key of one, does not exist.
func missing(ctx context.Context, client kubernetes.Interface, namespace string, volume core.Volume) error {
	secret := func(name string, items []core.KeyToPath) error {
		found, err := client.CoreV1().Secrets(namespace).Get(ctx, name, meta.GetOptions{})
		if err != nil {
			return err
		}
		for _, item := range items {
			if _, has := found.Data[item.Key]; !has {
				return fmt.Errorf("secret %q has no key %q", name, item.Key)
			}
		}
		return nil
	}
	switch {
	case volume.ConfigMap != nil:
		_, err := client.CoreV1().ConfigMaps(namespace).Get(ctx, volume.ConfigMap.Name, meta.GetOptions{})
		return err
	case volume.Secret != nil:
		return secret(volume.Secret.SecretName, volume.Secret.Items)
	case volume.Projected != nil:
		for _, source := range volume.Projected.Sources {
			if source.Secret == nil {
				continue
			}
			if err := secret(source.Secret.Name, source.Secret.Items); err != nil {
				return err
			}
		}
	}
	return nil
}

func states(pod *core.Pod, state core.ContainerState, ready bool) []core.ContainerStatus {
	var all []core.ContainerStatus
	for _, container := range pod.Spec.Containers {
		all = append(all, core.ContainerStatus{
			Name: container.Name, Image: container.Image, State: state, Ready: ready, Started: &ready,
		})
	}
	return all
}
