// Fusebox card 1.0.0 6b987538dc0d1a53: made from card/ by `make card`. Apache-2.0; with Lit, BSD-3-Clause, Google LLC.
var f=["da","de","es","fr","nb","nl","sv"];var Ce=globalThis,He=Ce.ShadowRoot&&(Ce.ShadyCSS===void 0||Ce.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,ut=Symbol(),mn=new WeakMap,ge=class{constructor(e,t,r){if(this._$cssResult$=!0,r!==ut)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(He&&e===void 0){let r=t!==void 0&&t.length===1;r&&(e=mn.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),r&&mn.set(t,e))}return e}toString(){return this.cssText}},fn=n=>new ge(typeof n=="string"?n:n+"",void 0,ut),v=(n,...e)=>{let t=n.length===1?n[0]:e.reduce((r,s,o)=>r+(a=>{if(a._$cssResult$===!0)return a.cssText;if(typeof a=="number")return a;throw Error("Value passed to 'css' function must be a 'css' function result: "+a+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(s)+n[o+1],n[0]);return new ge(t,n,ut)},hn=(n,e)=>{if(He)n.adoptedStyleSheets=e.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(let t of e){let r=document.createElement("style"),s=Ce.litNonce;s!==void 0&&r.setAttribute("nonce",s),r.textContent=t.cssText,n.appendChild(r)}},ct=He?n=>n:n=>n instanceof CSSStyleSheet?(e=>{let t="";for(let r of e.cssRules)t+=r.cssText;return fn(t)})(n):n;var{is:ys,defineProperty:bs,getOwnPropertyDescriptor:xs,getOwnPropertyNames:vs,getOwnPropertySymbols:ws,getPrototypeOf:$s}=Object,Ne=globalThis,gn=Ne.trustedTypes,_s=gn?gn.emptyScript:"",ks=Ne.reactiveElementPolyfillSupport,ye=(n,e)=>n,mt={toAttribute(n,e){switch(e){case Boolean:n=n?_s:null;break;case Object:case Array:n=n==null?n:JSON.stringify(n)}return n},fromAttribute(n,e){let t=n;switch(e){case Boolean:t=n!==null;break;case Number:t=n===null?null:Number(n);break;case Object:case Array:try{t=JSON.parse(n)}catch{t=null}}return t}},bn=(n,e)=>!ys(n,e),yn={attribute:!0,type:String,converter:mt,reflect:!1,useDefault:!1,hasChanged:bn};Symbol.metadata??=Symbol("metadata"),Ne.litPropertyMetadata??=new WeakMap;var j=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=yn){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let r=Symbol(),s=this.getPropertyDescriptor(e,r,t);s!==void 0&&bs(this.prototype,e,s)}}static getPropertyDescriptor(e,t,r){let{get:s,set:o}=xs(this.prototype,e)??{get(){return this[t]},set(a){this[t]=a}};return{get:s,set(a){let i=s?.call(this);o?.call(this,a),this.requestUpdate(e,i,r)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??yn}static _$Ei(){if(this.hasOwnProperty(ye("elementProperties")))return;let e=$s(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(ye("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(ye("properties"))){let t=this.properties,r=[...vs(t),...ws(t)];for(let s of r)this.createProperty(s,t[s])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[r,s]of t)this.elementProperties.set(r,s)}this._$Eh=new Map;for(let[t,r]of this.elementProperties){let s=this._$Eu(t,r);s!==void 0&&this._$Eh.set(s,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let r=new Set(e.flat(1/0).reverse());for(let s of r)t.unshift(ct(s))}else e!==void 0&&t.push(ct(e));return t}static _$Eu(e,t){let r=t.attribute;return r===!1?void 0:typeof r=="string"?r:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let r of t.keys())this.hasOwnProperty(r)&&(e.set(r,this[r]),delete this[r]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return hn(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,r){this._$AK(e,r)}_$ET(e,t){let r=this.constructor.elementProperties.get(e),s=this.constructor._$Eu(e,r);if(s!==void 0&&r.reflect===!0){let o=(r.converter?.toAttribute!==void 0?r.converter:mt).toAttribute(t,r.type);this._$Em=e,o==null?this.removeAttribute(s):this.setAttribute(s,o),this._$Em=null}}_$AK(e,t){let r=this.constructor,s=r._$Eh.get(e);if(s!==void 0&&this._$Em!==s){let o=r.getPropertyOptions(s),a=typeof o.converter=="function"?{fromAttribute:o.converter}:o.converter?.fromAttribute!==void 0?o.converter:mt;this._$Em=s;let i=a.fromAttribute(t,o.type);this[s]=i??this._$Ej?.get(s)??i,this._$Em=null}}requestUpdate(e,t,r,s=!1,o){if(e!==void 0){let a=this.constructor;if(s===!1&&(o=this[e]),r??=a.getPropertyOptions(e),!((r.hasChanged??bn)(o,t)||r.useDefault&&r.reflect&&o===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,r))))return;this.C(e,t,r)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,t,{useDefault:r,reflect:s,wrapped:o},a){r&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),o!==!0||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||r||(t=void 0),this._$AL.set(e,t)),s===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[s,o]of this._$Ep)this[s]=o;this._$Ep=void 0}let r=this.constructor.elementProperties;if(r.size>0)for(let[s,o]of r){let{wrapped:a}=o,i=this[s];a!==!0||this._$AL.has(s)||i===void 0||this.C(s,void 0,o,i)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(r=>r.hostUpdate?.()),this.update(t)):this._$EM()}catch(r){throw e=!1,this._$EM(),r}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(e){}firstUpdated(e){}};j.elementStyles=[],j.shadowRootOptions={mode:"open"},j[ye("elementProperties")]=new Map,j[ye("finalized")]=new Map,ks?.({ReactiveElement:j}),(Ne.reactiveElementVersions??=[]).push("2.1.2");var ht=globalThis,xn=n=>n,We=ht.trustedTypes,vn=We?We.createPolicy("lit-html",{createHTML:n=>n}):void 0,gt="$lit$",G=`lit$${Math.random().toFixed(9).slice(2)}$`,yt="?"+G,As=`<${yt}>`,ee=document,xe=()=>ee.createComment(""),ve=n=>n===null||typeof n!="object"&&typeof n!="function",bt=Array.isArray,Sn=n=>bt(n)||typeof n?.[Symbol.iterator]=="function",ft=`[ 	
\f\r]`,be=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,wn=/-->/g,$n=/>/g,J=RegExp(`>|${ft}(?:([^\\s"'>=/]+)(${ft}*=${ft}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),_n=/'/g,kn=/"/g,On=/^(?:script|style|textarea|title)$/i,xt=n=>(e,...t)=>({_$litType$:n,strings:e,values:t}),d=xt(1),V=xt(2),Wa=xt(3),O=Symbol.for("lit-noChange"),c=Symbol.for("lit-nothing"),An=new WeakMap,Z=ee.createTreeWalker(ee,129);function Rn(n,e){if(!bt(n)||!n.hasOwnProperty("raw"))throw Error("invalid template strings array");return vn!==void 0?vn.createHTML(e):e}var En=(n,e)=>{let t=n.length-1,r=[],s,o=e===2?"<svg>":e===3?"<math>":"",a=be;for(let i=0;i<t;i++){let l=n[i],p,u,m=-1,h=0;for(;h<l.length&&(a.lastIndex=h,u=a.exec(l),u!==null);)h=a.lastIndex,a===be?u[1]==="!--"?a=wn:u[1]!==void 0?a=$n:u[2]!==void 0?(On.test(u[2])&&(s=RegExp("</"+u[2],"g")),a=J):u[3]!==void 0&&(a=J):a===J?u[0]===">"?(a=s??be,m=-1):u[1]===void 0?m=-2:(m=a.lastIndex-u[2].length,p=u[1],a=u[3]===void 0?J:u[3]==='"'?kn:_n):a===kn||a===_n?a=J:a===wn||a===$n?a=be:(a=J,s=void 0);let y=a===J&&n[i+1].startsWith("/>")?" ":"";o+=a===be?l+As:m>=0?(r.push(p),l.slice(0,m)+gt+l.slice(m)+G+y):l+G+(m===-2?i:y)}return[Rn(n,o+(n[t]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),r]},we=class n{constructor({strings:e,_$litType$:t},r){let s;this.parts=[];let o=0,a=0,i=e.length-1,l=this.parts,[p,u]=En(e,t);if(this.el=n.createElement(p,r),Z.currentNode=this.el.content,t===2||t===3){let m=this.el.content.firstChild;m.replaceWith(...m.childNodes)}for(;(s=Z.nextNode())!==null&&l.length<i;){if(s.nodeType===1){if(s.hasAttributes())for(let m of s.getAttributeNames())if(m.endsWith(gt)){let h=u[a++],y=s.getAttribute(m).split(G),$=/([.?@])?(.*)/.exec(h);l.push({type:1,index:o,name:$[2],strings:y,ctor:$[1]==="."?Ue:$[1]==="?"?ze:$[1]==="@"?De:ne}),s.removeAttribute(m)}else m.startsWith(G)&&(l.push({type:6,index:o}),s.removeAttribute(m));if(On.test(s.tagName)){let m=s.textContent.split(G),h=m.length-1;if(h>0){s.textContent=We?We.emptyScript:"";for(let y=0;y<h;y++)s.append(m[y],xe()),Z.nextNode(),l.push({type:2,index:++o});s.append(m[h],xe())}}}else if(s.nodeType===8)if(s.data===yt)l.push({type:2,index:o});else{let m=-1;for(;(m=s.data.indexOf(G,m+1))!==-1;)l.push({type:7,index:o}),m+=G.length-1}o++}}static createElement(e,t){let r=ee.createElement("template");return r.innerHTML=e,r}};function te(n,e,t=n,r){if(e===O)return e;let s=r!==void 0?t._$Co?.[r]:t._$Cl,o=ve(e)?void 0:e._$litDirective$;return s?.constructor!==o&&(s?._$AO?.(!1),o===void 0?s=void 0:(s=new o(n),s._$AT(n,t,r)),r!==void 0?(t._$Co??=[])[r]=s:t._$Cl=s),s!==void 0&&(e=te(n,s._$AS(n,e.values),s,r)),e}var Ie=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:r}=this._$AD,s=(e?.creationScope??ee).importNode(t,!0);Z.currentNode=s;let o=Z.nextNode(),a=0,i=0,l=r[0];for(;l!==void 0;){if(a===l.index){let p;l.type===2?p=new le(o,o.nextSibling,this,e):l.type===1?p=new l.ctor(o,l.name,l.strings,this,e):l.type===6&&(p=new Be(o,this,e)),this._$AV.push(p),l=r[++i]}a!==l?.index&&(o=Z.nextNode(),a++)}return Z.currentNode=ee,s}p(e){let t=0;for(let r of this._$AV)r!==void 0&&(r.strings!==void 0?(r._$AI(e,r,t),t+=r.strings.length-2):r._$AI(e[t])),t++}},le=class n{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,r,s){this.type=2,this._$AH=c,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=r,this.options=s,this._$Cv=s?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=te(this,e,t),ve(e)?e===c||e==null||e===""?(this._$AH!==c&&this._$AR(),this._$AH=c):e!==this._$AH&&e!==O&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):Sn(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==c&&ve(this._$AH)?this._$AA.nextSibling.data=e:this.T(ee.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:r}=e,s=typeof r=="number"?this._$AC(e):(r.el===void 0&&(r.el=we.createElement(Rn(r.h,r.h[0]),this.options)),r);if(this._$AH?._$AD===s)this._$AH.p(t);else{let o=new Ie(s,this),a=o.u(this.options);o.p(t),this.T(a),this._$AH=o}}_$AC(e){let t=An.get(e.strings);return t===void 0&&An.set(e.strings,t=new we(e)),t}k(e){bt(this._$AH)||(this._$AH=[],this._$AR());let t=this._$AH,r,s=0;for(let o of e)s===t.length?t.push(r=new n(this.O(xe()),this.O(xe()),this,this.options)):r=t[s],r._$AI(o),s++;s<t.length&&(this._$AR(r&&r._$AB.nextSibling,s),t.length=s)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let r=xn(e).nextSibling;xn(e).remove(),e=r}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},ne=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,r,s,o){this.type=1,this._$AH=c,this._$AN=void 0,this.element=e,this.name=t,this._$AM=s,this.options=o,r.length>2||r[0]!==""||r[1]!==""?(this._$AH=Array(r.length-1).fill(new String),this.strings=r):this._$AH=c}_$AI(e,t=this,r,s){let o=this.strings,a=!1;if(o===void 0)e=te(this,e,t,0),a=!ve(e)||e!==this._$AH&&e!==O,a&&(this._$AH=e);else{let i=e,l,p;for(e=o[0],l=0;l<o.length-1;l++)p=te(this,i[r+l],t,l),p===O&&(p=this._$AH[l]),a||=!ve(p)||p!==this._$AH[l],p===c?e=c:e!==c&&(e+=(p??"")+o[l+1]),this._$AH[l]=p}a&&!s&&this.j(e)}j(e){e===c?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}},Ue=class extends ne{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===c?void 0:e}},ze=class extends ne{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==c)}},De=class extends ne{constructor(e,t,r,s,o){super(e,t,r,s,o),this.type=5}_$AI(e,t=this){if((e=te(this,e,t,0)??c)===O)return;let r=this._$AH,s=e===c&&r!==c||e.capture!==r.capture||e.once!==r.once||e.passive!==r.passive,o=e!==c&&(r===c||s);s&&this.element.removeEventListener(this.name,this,r),o&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Be=class{constructor(e,t,r){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=r}get _$AU(){return this._$AM._$AU}_$AI(e){te(this,e)}},Mn={M:gt,P:G,A:yt,C:1,L:En,R:Ie,D:Sn,V:te,I:le,H:ne,N:ze,U:De,B:Ue,F:Be},Ss=ht.litHtmlPolyfillSupport;Ss?.(we,le),(ht.litHtmlVersions??=[]).push("3.3.3");var Tn=(n,e,t)=>{let r=t?.renderBefore??e,s=r._$litPart$;if(s===void 0){let o=t?.renderBefore??null;r._$litPart$=s=new le(e.insertBefore(xe(),o),o,void 0,t??{})}return s._$AI(n),s};var vt=globalThis,w=class extends j{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Tn(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return O}};w._$litElement$=!0,w.finalized=!0,vt.litElementHydrateSupport?.({LitElement:w});var Os=vt.litElementPolyfillSupport;Os?.({LitElement:w});(vt.litElementVersions??=[]).push("4.2.2");function g(n){return typeof n=="number"&&Number.isFinite(n)?n:null}function $e(n){return n===void 0||n.trim()===""?null:g(Number(n))}function x(n){return typeof n=="string"?n:""}function Ln(n){return g(Date.parse(x(n)))}function P(n){return Array.isArray(n)?n.filter(e=>typeof e=="string"):[]}function E(n){return typeof n=="object"&&n!==null&&!Array.isArray(n)?n:{}}function Ke(n){return Array.isArray(n)?n.map(E):[]}function de(n){return Object.fromEntries(Object.entries(E(n)).map(([e,t])=>[e,g(t)]))}function C(n){let e=0;for(let t of n)e+=t;return e}var I={sentence:"",code:"",values:{}};function F(n,e="reason"){let t=Object.entries(E(n[`${e}_values`])).flatMap(([r,s])=>{let o=typeof s=="string"?s:g(s);return o===null?[]:[[r,o]]});return{sentence:x(n[e]),code:x(n[`${e}_code`]),values:Object.fromEntries(t)}}var Pn=new Map,Rs=2500,Es=2e4,_e=15e3;function Cn(n,e,t,r,s=_e){return Fe(n,e,{wanted:t,stage:"sent",refusal:I,sinceMs:r,patienceMs:s})}function Hn(n,e,t,r,s){let o=n.get(e);return o?.sinceMs!==t||o.stage!=="sent"?n:Fe(n,e,{...o,stage:r===null?"taken":"refused",refusal:r??I,sinceMs:s})}function Nn(n,e,t){let r=n;for(let[s,o]of n){let a=t-o.sinceMs;if(o.stage==="taken"&&Ts(e(s),o.wanted))r=Fe(r,s,{...o,stage:"confirmed",sinceMs:t});else if(o.stage==="taken"&&a>o.patienceMs)r=Fe(r,s,{...o,stage:"late",sinceMs:t});else if(Ms(o,a)){let i=new Map(r);i.delete(s),r=i}}return r}function R(n,e,t){let r=n.get(e);return r?.stage==="sent"||r?.stage==="taken"||r?.stage==="confirmed"?r.wanted:t}function H(n,e){let t=n.get(e)?.stage;return t==="sent"||t==="taken"}function Ms(n,e){return n.stage==="confirmed"?e>Rs:(n.stage==="refused"||n.stage==="late")&&e>Es}function Ts(n,e){return typeof n=="number"&&typeof e=="number"?Math.abs(n-e)<.05:n===e}function Fe(n,e,t){return new Map(n).set(e,t)}var wt=["#2870c0","#687800","#985888","#00965a","#a07008","#007888","#c08060","#587858","#b078d8","#7d6455"];function Wn(n){return wt[n%wt.length]??wt[0]}var q="var(--fb-house)",Y="var(--energy-solar-color, #ff9800)",je="var(--energy-grid-consumption-color, #488fc2)",pe="var(--energy-grid-return-color, #8353d1)",X="var(--energy-battery-in-color, #f06292)",ue="var(--energy-battery-out-color, #4db6ac)";function Ge(n){return`repeating-linear-gradient(-45deg, ${n} 0 3px, transparent 3px 6px)`}function Un(n){return{reason:F(n,"plan_reason"),cost:g(n.plan_cost),slots:kt(n.plan),atOnce:g(n.plan_cost_at_once),missingKwh:g(n.missing_kwh)??0}}function zn(n,e,t,r){let s=r.trim()===""?{}:{max_price:Number(r)};return e.trim()===""?s:{ready_by:n,[t]:Number(e),...s}}function re({state:n}){return n!=="none"&&n!=="done"}var ke="sensor.fusebox_prices";function Dn(n){let e=x(n.plan_state);return e===""?null:{state:e,reason:F(n,"plan_reason"),cost:g(n.plan_cost),slots:kt(n.plan),asked:Ps(E(n.plan_asked))}}var Ls=["energy_kwh","soc_target_pct","hours","max_price"];function Ps(n){let e=Ls.flatMap(r=>g(n[r])===null?[]:[[r,g(n[r])]]),t=x(n.ready_by);return{...Object.fromEntries(e),.../^\d\d:\d\d$/.test(t)?{readyBy:t}:{}}}function Bn(n){let e=[];for(let{startMs:t,endMs:r}of[...n].sort((s,o)=>s.startMs-o.startMs)){let s=e.at(-1);s!==void 0&&t<=s.endMs?s.endMs=Math.max(s.endMs,r):e.push({startMs:t,endMs:r})}return e}var N=36e5,Cs=14*N;function Kn(n,e,t,r){let s=Math.min(Math.max(n,...t.map(a=>a.endMs)),n+e*N),o=r.flatMap(a=>a.plan?.slots.map(i=>i.endMs)??[]);return Math.max(s,Math.min(Math.max(n,...o),n+Cs))}function $t(n){return kt(n[ke]?.attributes.slots).filter(e=>e.price!==null)}function Fn(n){return x(n[ke]?.attributes.unit_of_measurement)}var In=new WeakMap;function jn(n){let e=n[ke]??Hs,t=In.get(e)??Gn($t(n).map(r=>r.price??0));return In.set(e,t),t}var Hs={};function _t(n,e){let{min:t,none:r,step:s}=n;return e===void 0||e>=t&&e<r?n:Gn([t,r-s,e])}function Gn(n){let e=Math.min(0,...n),t=Math.max(...n.length===0?[1]:n,e+.01),r=Math.max(2-Math.floor(Math.log10(t-e)),0),s=10**-r,o=a=>Number((a*s).toFixed(r));return{min:o(Math.floor(e/s+1e-6)),none:o(Math.ceil(t/s-1e-6)+1),step:o(1),decimals:r}}function kt(n){return Ke(n).map(e=>({startMs:Date.parse(x(e.start)),endMs:Date.parse(x(e.end)),price:g(e.price)})).filter(e=>e.endMs>e.startMs)}var ce=["stop_soc_pct","stop_energy_kwh"],Ns="sensor.fusebox_",Ws={plug:"mdi:power-socket-eu",tank:"mdi:water-boiler",sg_ready:"mdi:heat-pump",thermostat:"mdi:thermostat",radiators:"mdi:radiator",quasar:"mdi:car-electric",power:"mdi:heating-coil"};function Ve(n,e,t,r){let s=n.attributes,o=Ds(de(s.draw_a)),a=n.entity_id.slice(Ns.length),i=r[`${n.entity_id}_energy`],l=$e(r[`${n.entity_id}_power`]?.state),p=Object.keys(o).length===0?null:C(Object.values(o))*e.voltageV;return{entity:n.entity_id,name:a,title:zs(x(s.friendly_name),a),icon:Ws[x(s.type)]??"mdi:ev-station",colour:Wn(t),status:x(s.status)||"unavailable",mode:x(s.mode),modes:P(s.modes),boosted:typeof s.boosted=="boolean"?s.boosted:null,circuit:x(s.circuit)||"main",phases:P(s.phases),phasesUsed:P(s.phases_used).length||null,canSwitchPhases:g(s.phase_switches)!==null&&P(s.phases).length>1,phasesReason:F(s,"phases_reason"),drawA:o,drawW:p??l,share:$e(n.state),unit:x(s.unit_of_measurement),reason:F(s),limitedBy:x(s.limited_by),currentA:Bs(g(s.min_a),g(s.max_a),g(s.highest_a)),...Us(i?.attributes??{}),socPct:g(s.soc_pct),readyMs:Ln(s.ready_at),plan:Dn(s),vehicle:x(s.vehicle),vehicles:P(s.vehicles),stops:Object.fromEntries(ce.filter(u=>u in s).map(u=>[u,g(s[u])??0]))}}var Is=.05;function Us(n){let e=g(n.session_kwh);return e===null||e<Is?{sessionKwh:null,sessionSolarPct:null,sessionCost:null}:{sessionKwh:e,sessionSolarPct:g(n.session_solar_pct),sessionCost:g(n.session_cost)}}function Vn({phases:n,phasesUsed:e}){return e??n.length}function zs(n,e){let t=n.startsWith("Fusebox ")?n.slice(8):n||e;return Ae(t)}function Ae(n){let e=n.replaceAll("_"," ");return e.charAt(0).toUpperCase()+e.slice(1)}function Ds(n){return Object.fromEntries(Object.entries(n).filter(e=>e[1]!==null))}function Bs(n,e,t){return n===null||e===null?null:{min:n,max:Math.min(e,t??e),top:t??e}}var qn=["mode","boost","max","phases","vehicle","plan",...ce],Ks=3e5;function Yn(n){return n==="phases"?Ks:_e}function Xn(n){return ce.some(e=>e===n)}function Fs(n,e){return n==="mode"?{service:"fusebox_set_mode",data:{mode:e}}:n==="boost"?{service:"fusebox_boost",data:{state:e}}:n==="max"?{service:"fusebox_set_max_current",data:{current_a:e}}:n==="phases"?{service:"fusebox_switch_phases",data:{phases:e}}:n==="vehicle"?{service:"fusebox_set_vehicle",data:{vehicle:e}}:Xn(n)?{service:"fusebox_set_limit",data:{[n]:e}}:typeof e=="object"?{service:"fusebox_set_plan",data:{...e}}:{service:"fusebox_clear_plan",data:{}}}function _(n,e){return`${n.entity} ${e}`}function Qn(n,e,t){return e==="plan"?js(n,t):e==="mode"?n.mode:e==="boost"?n.boosted:e==="vehicle"?n.vehicle:Xn(e)?n.stops[e]??0:e==="phases"?n.phasesUsed:n.currentA?.max??null}function js(n,e){return n.plan!==null&&n.plan.state!=="none"||typeof e!="object"?e:null}async function Jn(n,e,t,r){let{service:s,data:o}=Fs(t,r);return er(n,s,{load:e.name,...o})}async function Zn(n,{owner:e,key:t},r){return er(n,"fusebox_set",{load:e,[t]:r})}async function er(n,e,t){try{return await n.callService("pyscript",e,t,void 0,!1),null}catch(r){return nr(r)}}async function tr(n,e,t){try{let r={type:"call_service",domain:"pyscript",service:e,service_data:t,return_response:!0};return{told:E(E(await n.callWS(r)).response),refusal:null}}catch(r){return{told:{},refusal:nr(r)}}}function nr(n){let{message:e,translation_key:t,translation_placeholders:r}=E(n),{path:s,...o}=E(r),a=x(e).replace(/^Validation error: /,"");return{...F({reason_code:t,reason_values:o}),sentence:a}}var M="sensor.fusebox_site",Gs=new Set(["unavailable","unknown"]);function qe(n){let e=n[M],t=e?.attributes??{},r=de(t.grid_a);return{state:e===void 0||Gs.has(e.state)?"missing":e.state,reason:F(t),version:x(t.version),more:[...P(t.errors).slice(1),...P(t.warnings)],phases:Object.keys(r).sort(),gridA:r,fuseA:g(t.fuse_a),voltageV:g(t.voltage_v)??230,circuits:Object.entries(E(t.circuits)).map(([s,o])=>Vs(s,E(o))),silentS:de(t.silent_s),solarW:g(t.solar_w),batteryPct:g(t.battery_soc_pct),batteryW:g(t.battery_charge_w),loads:P(t.loads)}}function Vs(n,e){return{name:n,parent:x(e.parent),fuseA:g(e.fuse_a)??0,flowA:de(e.flow_a)}}function rr(n,e){return n.version!==""&&n.version!==e}function At(n){return n.solarW!==null||n.batteryW!==null||n.batteryPct!==null}function sr(n,e){let t=n.phases.filter(i=>(n.gridA[i]??null)!==null);if(!At(n)||t.length===0)return{};let r=((n.solarW??0)-(n.batteryW??0))/n.voltageV,s=t.map(i=>(e[i]??0)-(n.gridA[i]??0)),o=qs(s,r),a=r<0?o:Math.max(o,0);return Object.fromEntries(t.map((i,l)=>[i,Math.max(s[l]??0,a)]))}function qs(n,e){let t=[...n].sort((r,s)=>r-s);for(let r=t.length;r>0;r--){let s=(e-C(t.slice(r)))/r;if(s>=(t[r-1]??0))return s}return t[0]??0}function or({solarW:n,batteryW:e}){return Math.max(-(e??0),0)>(n??0)?"battery":"sun"}function Ye(n){let e=0;for(let t of n.phases){let r=n.gridA[t]??null;if(r===null)return null;e+=r*n.voltageV}return n.phases.length===0?null:e}var Ys=50;function ar(n){return n===null||Math.abs(n)<Ys?"rests":n>0?"in":"out"}var Xs=["priority","shared","optimized","strict"],ir={min:0,max:100,step:1,unit:"%"},Qs={min:5,max:95,step:1,unit:"°C"},Js={min:5,max:35,step:.5,unit:"°C"},Zs=[{key:"distribution",label:"set_distribution",options:Xs},{key:"max_import_w",label:"set_max_import_w",span:(n,e)=>({min:0,max:St(e,e.phases.length),step:100,unit:"W"})},{key:"soc_target_pct",label:"set_soc_target_pct",span:()=>ir},{key:"soc_min_pct",label:"set_soc_min_pct",span:()=>ir},{key:"allow_grid_charging",label:"set_allow_grid_charging"},{key:"dry_run",label:"set_dry_run"}],eo=[{key:"min_a",label:"set_min_a",span:n=>({min:6,max:g(n.highest_a)??6,step:1,unit:"A"})},{key:"rated_w",label:"set_rated_w",span:(n,e)=>({min:25,max:St(e,dr(n)),step:10,unit:"W"})},{key:"max_w",label:"set_max_w",span:(n,e)=>({min:25,max:St(e,dr(n)),step:10,unit:"W"})},{key:"normal_c",label:"set_normal_c",span:lr},{key:"boost_c",label:"set_boost_c",span:lr}];function Xe({entity:n,key:e}){return`${n} set:${e}`}function Ot(n,e,t){let r=n[t]?.attributes??{},s=t===M,o=t.slice(15);return(s?Zs:eo).filter(({key:a})=>a in r).map(({key:a,label:i,span:l,options:p})=>({entity:t,owner:o,key:a,label:i,value:Rt(r[a]),span:l===void 0?null:l(r,e),options:p??[]})).filter(a=>a.span===null||a.span.min<a.span.max)}function Rt(n){return typeof n=="boolean"?n:g(n)??(x(n)||null)}function lr(n){return n.type==="thermostat"?Js:Qs}function St(n,e){return Math.round((n.fuseA??0)*n.voltageV*e)}function dr(n){return Array.isArray(n.phases)?n.phases.length:1}var Qe=class{constructor(e){this.host=e;this.asks=Pn;this.wanted=e=>{let{load:t,control:r,value:s}=e.detail,o=_(t,r);this.ask(o,s,Yn(r),a=>Jn(a,t,r,s))};this.set=e=>{let{setting:t,value:r}=e.detail;this.ask(Xe(t),r,_e,s=>Zn(s,t,r))};this.question=({detail:e})=>{let{current:t}=this.host;t!==void 0&&(e.answer=tr(t,e.service,e.data))};e.addController(this)}hostConnected(){this.host.addEventListener("fusebox-wanted",this.wanted),this.host.addEventListener("fusebox-set",this.set),this.host.addEventListener("fusebox-question",this.question)}hostDisconnected(){this.host.removeEventListener("fusebox-wanted",this.wanted),this.host.removeEventListener("fusebox-set",this.set),this.host.removeEventListener("fusebox-question",this.question)}settle(){this.asks.size>0&&this.become(Nn(this.asks,e=>this.shown(e),Date.now()))}async ask(e,t,r,s){let{current:o}=this.host;if(o===void 0)return;let a=Date.now();this.become(Cn(this.asks,e,t,a,r));let i=await s(o);this.become(Hn(this.asks,e,a,i,Date.now())),this.settle()}shown(e){let[t,r=""]=e.split(" ");if(r.startsWith("set:"))return Rt(this.host.current?.states[t??""]?.attributes[r.slice(4)]);let s=this.host.house?.loads.find(a=>a.entity===t),o=this.asks.get(e)?.wanted;return s===void 0||o===void 0?null:Qn(s,r,o)}become(e){e!==this.asks&&(this.asks=e,this.host.requestUpdate())}};var to={comma_decimal:"en",decimal_comma:"de",space_comma:"fr",quote_decimal:"de-CH",none:"en-US-u-va-posix"};function Et({language:n,locale:e}){let t=e?.number_format??"language";return t==="system"?navigator.language:to[t]??n}function no({connected:n,config:e}){return n===!1?"unreachable":(e?.state??"RUNNING")==="RUNNING"?"whole":"starting"}var ro=3e4;function pr(n,e,t){let r=no(n);return r==="starting"?{link:r,startingMs:t}:r==="whole"&&t-e.startingMs<ro?{...e,link:"starting"}:{...e,link:r}}var ur=6e4,so=3*ur,oo=60;function cr(n,e,t,r){if(n===void 0)return null;if(e==="unreachable"&&t!==null)return{minutes:Se(r-t),of:"all"};let s=Date.parse(n.last_updated??"");if(r-s>so)return{minutes:Se(r-s),of:"all"};let o=g(n.attributes.data_age_s)??0;return o>oo?{minutes:Se(1e3*o),of:"meter"}:null}function mr(n,e){return n?.minutes===e?.minutes&&n?.of===e?.of?n:e}function Se(n){return Math.floor(Math.max(n,0)/ur)}var ao=1;function Je(n,e){let t=Ye(n);if(t===null)return null;let r=Math.max(n.solarW??0,0),s=n.batteryW??0,o=e.map(({entity:m,title:h,colour:y,drawW:$})=>se(m,y,$??0,h)),a=Math.max(0,t+r-s-C(o.map(m=>m.watts))),i=o.filter(m=>m.watts<0).map(m=>({...m,watts:-m.watts})),l=fr([se("sun",Y,r),se("battery",ue,-s),...i,se("grid",je,t)]),p=fr([se("house",q,a),...o,se("battery",X,s),se("export",pe,-t)]),u=Math.max(C(l.map(m=>m.watts)),C(p.map(m=>m.watts)));return{from:l,to:p,totalW:u,houseW:a}}function se(n,e,t,r=""){return{key:n,colour:e,watts:t,title:r}}function fr(n){return n.filter(e=>e.watts>ao)}function Mt(n){return Object.values(n).filter(e=>e!==void 0&&io(e)).map(lo)}function io(n){return n.entity_id.startsWith("pyscript.")&&Array.isArray(n.attributes.radiators)&&"live"in n.attributes}function lo(n){let{live:e,requested:t,boost:r}=n.attributes;return{entity:n.entity_id,title:x(n.attributes.friendly_name).replace(/^Fusebox /,""),dots:P(n.attributes.radiators).map((s,o)=>({name:s,is:Ze(e,o)?"on":Ze(t,o)||Ze(r,o)?"waits":"warm",boosted:Ze(r,o)})),allowed:g(n.attributes.allowed),reason:x(n.attributes.reason)}}function Ze(n,e){return Array.isArray(n)&&n[e]===1}var Tt="sensor.fusebox_peak";function hr({projectedKw:n,targetKw:e,monthKw:t}){let r=Math.max(n??0,0),s=Math.min(r,e??r);return{withinKw:s,beyondKw:r-s,endKw:Math.max(r,(e??0)*1.25,(t??0)*1.1,1)}}function gr(n){let e=n[Tt];if(e===void 0||e.state==="unavailable")return null;let t=e.attributes;return{projectedKw:$e(e.state),targetKw:g(t.target_kw),monthKw:g(t.month_peak_kw),leftS:g(t.seconds_left)??0,windowMin:g(t.window_min)??15,allowedW:g(t.allowed_import_w),reason:x(t.reason)}}function xr(n,e){if(e!==null&&br(yr(n,e.site),e.made))return e;let t=qe(n),r=new Map(e?.loads.map(m=>[m.entity,m])),s=new Map,o=[];t.loads.forEach((m,h)=>{let y=n[m];if(y===void 0)return;let $=[...vr(n,m),h,t.voltageV],Pe=br($,e?.madeOf.get(m)??[])?r.get(m):void 0;o.push(Pe??Ve(y,t,h,n)),s.set(m,$)});let a=yr(n,t),[i,l,p,u]=[gr(n),po(n),Fn(n),jn(n)];return{site:t,loads:o,tariff:i,groups:l,priceUnit:p,priceSpan:u,made:a,madeOf:s}}function yr(n,e){let t=e.loads.flatMap(r=>vr(n,r));return[...[M,Tt,ke,...wr(n)].map(r=>n[r]),...t]}function vr(n,e){return[n[e],n[`${e}_energy`],n[`${e}_power`]]}var Lt={count:-1,ids:[]};function wr(n){let e=Object.keys(n).length;return e!==Lt.count&&(Lt={count:e,ids:Mt(n).map(t=>t.entity)}),Lt.ids}function po(n){return Mt(Object.fromEntries(wr(n).map(e=>[e,n[e]])))}function br(n,e){return n.length===e.length&&n.every((t,r)=>t===e[r])}var Oe=.05;function $r(n,e){return n.fuseA===null?[]:[{name:"main",parent:"",fuseA:n.fuseA,flowA:n.gridA},...n.circuits].map(r=>({name:r.name,fuseA:r.fuseA,bars:Object.keys(r.flowA).sort().map(s=>({...mo(r,s,_r(r,n,e),uo(r,s,n,e)),silentMin:co(n,r,s)}))}))}function uo(n,e,t,r){return At(t)?n.name==="main"?Pt(t,r,e):Math.max(C(Re(e,_r(n,t,r)).map(s=>s.amps))-(n.flowA[e]??0),0):null}function Pt(n,e,t){let r=Object.fromEntries(n.phases.map(s=>[s,C(Re(s,e).map(o=>o.amps))]));return sr(n,r)[t]??null}function co({silentS:n},{name:e},t){let r=n[`${e} ${t}`]??null;return r===null?null:Se(1e3*r)}function mo(n,e,t,r){let s=n.flowA[e]??null,o=s!==null&&Math.abs(s)>n.fuseA,a=s===null?null:n.fuseA-s,i=s===null?[]:Ct(s,Re(e,t),r),l=Math.max(-(s??0),0),p=o?fo(s,n.fuseA):null,u=s===null?0:Math.max(l,r??0);return{phase:e,flowA:s,fuseA:n.fuseA,freeA:a,over:o,beyondA:p,segments:i,ownA:u,exportA:l}}function fo(n,e){return n>0?[e,n]:[n,-e]}function Re(n,e){return e.map(({entity:t,title:r,colour:s,drawA:o})=>({key:t,title:r,colour:s,amps:o[n]??0}))}function Ct(n,e,t){let r=Math.max(t??0,0),s={key:"battery",title:"",colour:X,amps:Math.max(-(t??0),0)},o=[...e,s],a=n+r-C(o.map(u=>u.amps)),i=[],l=0-r,p=(u,m,h,y)=>{let $=t!==null?l+y:Math.min(l+y,Math.max(n,0));$-l>Oe&&i.push({key:u,title:m,colour:h,fromA:l,toA:$}),l=Math.max($,l)};p("house","",q,Math.max(a,0));for(let{key:u,title:m,colour:h,amps:y}of o)p(u,m,h,Math.max(y,0));return i}function _r(n,e,t){if(n.name==="main")return t;let r=new Set([n.name]);for(let s of e.circuits)r.has(s.parent)&&r.add(s.name);return t.filter(s=>r.has(s.circuit))}function kr(n,e){let t=n[0]?.fuseA??0,r=n.flatMap(l=>l.bars.flatMap(p=>p.segments)),s=Math.min(0,...r.map(l=>l.fromA),...ho(n)),o=Math.max(t,...r.map(l=>l.toA)),a=-Math.ceil(-s/(t/4||1))*(t/4),i=Math.max(t*1.12,Math.min(o*1.04,t*2));return{leftA:Math.min(a,e?.leftA??0)||0,rightA:Math.max(i,e?.rightA??0)}}function ho(n){return n.flatMap(e=>e.bars.map(t=>t.flowA??0))}var Ar=v`
  :host {
    container-type: inline-size;
  }
  ha-card {
    display: block;
    padding: 16px;
    overflow: hidden;
  }
  .parts {
    display: grid;
    gap: 20px 28px;
    grid-template-columns: minmax(0, 1fr);
  }
  /* What is shown is old: grey, and still to be read. Of a silent meter that are its own row, and the sum. */
  .unreachable > * > :not(fusebox-card-head),
  .old-all > * > :not(fusebox-card-head),
  .old-meter > .wire > fusebox-card-flow,
  .old-meter > .wire > fusebox-card-tariff {
    filter: grayscale(1);
    --fb-grey: color-mix(in srgb, var(--secondary-text-color, #727272) 75%, var(--primary-text-color, #212121));
  }
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    align-content: start;
    min-width: 0;
  }
  fusebox-card-load + fusebox-card-load,
  fusebox-card-load + fusebox-card-radiators {
    border-top: 1px solid var(--fb-line);
    padding-top: 14px;
  }
  .loads {
    gap: 14px;
    border-top: 1px solid var(--fb-line);
    padding-top: 16px;
  }
  .today {
    border-top: 1px solid var(--fb-line);
    padding-top: 16px;
  }
  footer {
    margin-top: 16px;
    color: var(--fb-warn);
    font-size: 12.5px;
  }
  @container (min-width: 700px) {
    .parts {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      grid-template-rows: auto 1fr;
    }
    .loads {
      grid-row: span 2;
      border-top: none;
      padding-top: 0;
    }
  }
  @container (min-width: 1250px) {
    .parts {
      grid-template-columns: minmax(0, 5fr) minmax(0, 7fr);
    }
    .today {
      grid-column: 1 / -1;
    }
    .loads {
      grid-row: auto;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      gap: 14px 28px;
    }
    .loads > :nth-child(2) {
      border-top: none;
      padding-top: 0;
    }
  }
`;var et={card:{name:"Fusebox",description:"Phases, loads and today, at a glance",state_ok:"All is well",state_limited:"Loads are limited",state_over:"Too much current",state_blind:"No meter reading",state_fault:"A load has a fault",state_config_error:"CONFIG has a mistake",state_dry_run:"Dry run: nothing is commanded",state_missing:"Fusebox is not running",state_starting:"Home Assistant is starting",state_unreachable:"No connection to Home Assistant",status_charging:"charging",status_waiting:"waiting",status_paused:"paused",status_full:"full",status_unplugged:"unplugged",status_on:"on",status_off:"off",status_blind:"no reading",status_fault:"fault",status_switching:"switching phases",status_unavailable:"not available",mode_standard:"Standard",mode_continuous:"Always",mode_solar_priority:"Sun first",mode_solar_only:"Sun only",mode_excess:"Excess",mode_off:"Off",mode_normal:"Normal",mode_boost:"Boost",sun:"Sun",battery:"Battery",battery_in:"charging",battery_out:"discharging",grid:"Grid",house:"House",export:"Export",free:"free",over:"too much",of_fuse:"of {0}",may_have:"up to {0}",phase_count:"{0} phases",one_phase:"1 phase",mode:"Mode",boost:"Boost",at_most:"At most",price_at_most:"Price at most",session:"this session",confirmed:"Done",pending:"Sent …",late:"The device does not show it yet",no_loads:"No loads yet. Add them to CONFIG, and they appear here.",versions:"This card is version {0}, the scripts are {1}. Install both from one release, then reload the page.",not_running:"sensor.fusebox_site is missing. Check the log of pyscript, or call pyscript.fusebox_setup.",today:"Today",total:"Total",no_history:"No history yet",old:"readings are {0} min old",target:"target",fuse:"fuse",price:"price",now:"now",window:"These {0} minutes",window_left:"{0} min left",month_peak:"Month's peak",radiators:"Radiators",rad_on:"on",rad_waits:"waits",rad_warm:"warm enough",event_limited:"limited",event_shed:"stopped",event_blind:"no reading",event_recovered:"recovered",event_escalated:"needs attention",phases:"Phases",vehicle:"Car",guest:"Guest",ready_at:"ready at {0}",ready_on:"ready {0}",so_far:"{0} so far",runs:"Runs",cost:"Cost",missing:"Missing",at_once:"at once: {0}",this_month:"This month",history:"History",by_day:"By day",by_month:"By month",whose:"Whose",everybody:"All",saved:"Saved",saved_so_much:"saved {0}",ready_by:"Ready by",stop_at:"Stop at",any_amount:"any",no_limit:"no limit",how_much:"How much",unit:"Unit",set_plan:"Plan",clear_plan:"Clear",plan_none:"no plan",plan_waiting:"planned",plan_running:"plan is running",plan_done:"plan is done",plan_late:"plan is late",edit_title:"Title",edit_hours:"Hours of history",edit_hide_today:"Hide the chart of today",edit_controls:"Controls of loads",controls_auto:"open if there are few loads",controls_always:"always open",controls_tap:"open when tapped",would:"would {0}: {1}",settings:"Settings",set_distribution:"Sharing",set_max_import_w:"Import limit",set_soc_target_pct:"Battery target",set_soc_min_pct:"Battery minimum",set_allow_grid_charging:"Grid charging",set_dry_run:"Dry run",set_min_a:"At least",set_rated_w:"Rated power",set_max_w:"Highest power",set_normal_c:"Normal",set_boost_c:"Boost",share_priority:"By priority",share_shared:"Shared",share_optimized:"Optimized",share_strict:"Strictly in turn"}};var yo={...et,values:{},reasons:{}},bo={no:"nb",nn:"nb"},Ht=new Map,xo=Rr(yo,"en");function Nt(n){let[e=""]=n.toLowerCase().split("-");return bo[e]??e}function Sr(n){return n==="en"||Ht.has(n)}function Or(n,{card:e,values:t,reasons:r}){Ht.set(n,Rr({card:{...et.card,...e},values:t,reasons:r},n))}function oe(n){return Ht.get(Nt(n))??xo}function Rr(n,e){return Object.assign((r,...s)=>n.card[r].replace(/\{(\d)\}/g,(o,a)=>String(s[Number(a)]??"")),{language:n,locale:e})}function me(n,e){return e==="guest"?n("guest"):Ae(e)}function T(n,e,t){let r=`${e}_${t}`;return r in et.card?n(r):t.replaceAll("_"," ")}function Er(n){let e=oe(n),t=["auto","always","tap"].map(r=>({value:r,label:e(`controls_${r}`)}));return{schema:[{name:"title",selector:{text:{}}},{name:"controls",selector:{select:{mode:"dropdown",options:t}}},{name:"hours",selector:{number:{min:1,max:48,mode:"box"}}},{name:"hide_today",selector:{boolean:{}}}],computeLabel:r=>oe(n)(`edit_${r.name}`)}}var Mr=new Map;function k(n,e){Mr.set(n,e),customElements.get(n)===void 0&&customElements.define(n,e)}var vo=6e4,wo=50;function Tr(){let n=window.customElements,e=setInterval(()=>{if(window.customElements!==n)for(let[t,r]of Mr)k(t,r);else if(performance.now()<vo)return;clearInterval(e)},wo)}var A=v`
  :host {
    display: block;
    --fb-house: #858b96;
    --fb-text: var(--fb-grey, var(--primary-text-color, #212121));
    --fb-dim: var(--secondary-text-color, #727272);
    --fb-line: var(--divider-color, #e0e0e0);
    --fb-card: var(--ha-card-background, var(--card-background-color, #fff));
    --fb-track: color-mix(in srgb, var(--fb-text) 8%, transparent);
    --fb-accent: var(--primary-color, #03a9f4);
    --fb-bad: var(--error-color, #db4437);
    --fb-warn: var(--warning-color, #ffa600);
    --fb-good: var(--success-color, #43a047);
    color: var(--fb-text);
    font-size: 14px;
    line-height: 1.4;
    font-variant-numeric: tabular-nums;
  }
  h3 {
    margin: 0;
    font-size: 15px;
    font-weight: 500;
  }
  p {
    margin: 0;
  }
  .dim {
    color: var(--fb-dim);
  }
  .number {
    text-align: right;
    white-space: nowrap;
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: none;
    padding: 0;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  :focus-visible {
    outline: 2px solid var(--fb-accent);
    outline-offset: 2px;
  }
  .choices {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(min-content, 1fr);
    gap: 1px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    overflow: hidden;
    background: var(--fb-line);
  }
  .choices.many {
    grid-auto-flow: row;
    grid-template-columns: repeat(3, minmax(min-content, 1fr));
  }
  .choices button {
    min-width: 0;
    min-height: 40px;
    padding: 2px 3px;
    font-size: 12.5px;
    line-height: 1.15;
    hyphens: auto;
    background: var(--fb-card);
    color: var(--fb-dim);
    outline-offset: -3px;
    transition: background-color 0.2s;
  }
  .choices button[aria-pressed="true"] {
    background: color-mix(in srgb, var(--fb-accent) 20%, var(--fb-card));
    color: var(--fb-text);
    font-weight: 600;
  }
  [data-pending] {
    animation: wait 1s ease-in-out infinite alternate;
  }
  @keyframes wait {
    to {
      background-color: color-mix(in srgb, var(--fb-accent) 6%, transparent);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;var Lr=new Map,$o=2e3;function b(n,e,t){return n===null?"–":Cr(n,e,e,t)}function Wt(n,e){return Cr(n,0,3,e)}function Cr(n,e,t,r){let s=`${r} ${e} ${t}`,o=Lr.get(s);o===void 0&&(o={of:new Intl.NumberFormat(r,{minimumFractionDigits:e,maximumFractionDigits:t}),written:new Map},Lr.set(s,o));let a=Math.round(n*10**t)/10**t,i=o.written.get(a);return i===void 0&&(i=o.of.format(a===0?0:a).replace("-","−"),o.written.size>=$o&&o.written.clear(),o.written.set(a,i)),i}function L(n,e){return`${b(n===null?null:n/1e3,1,e)} kW`}function U(n,e){return`${b(n,1,e)} A`}function z(n,e,t){let[r=""]=e.split("/");return`${b(n,2,t)} ${r}`.trimEnd()}var Pr=new Map;function D(n,e,t){return nt(n,e,t,{hour:"2-digit",minute:"2-digit",hourCycle:"h23"})}function tt(n,e,t){return`${nt(n,e,t,{weekday:"short"})} ${D(n,e,t)}`}function Hr(n,e){return nt(n,"sv",e,{year:"numeric",month:"2-digit"})}function Nr(n,e){let[t=0,r=1,s]=n.split("-").map(Number),o=s===void 0?{month:"short",year:"numeric"}:{weekday:"short",day:"numeric",month:"short"};return nt(Date.UTC(t,r-1,s??1),e,"UTC",o)}function nt(n,e,t,r){let s=`${e} ${t??""} ${JSON.stringify(r)}`,o=Pr.get(s);return o===void 0&&(o=new Intl.DateTimeFormat(e,{...r,...t===void 0?{}:{timeZone:t}}),Pr.set(s,o)),o.format(n)}var It=class extends w{static{this.properties={site:{attribute:!1},flow:{attribute:!1},say:{attribute:!1},language:{}}}static{this.styles=[A,v`
      .bar {
        display: flex;
        gap: 2px;
        height: 14px;
        margin-bottom: 3px;
        border-radius: 7px;
        overflow: hidden;
        background: var(--fb-track);
      }
      .bar span {
        min-width: 0;
        flex: var(--w) 1 0;
        background: var(--c);
        transition: flex-grow 0.6s;
      }
      dl {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: minmax(min-content, 1fr);
        gap: 6px;
        margin: 8px 0 0;
      }
      dt {
        display: flex;
        align-items: center;
        gap: 5px;
        font-size: 12.5px;
        white-space: nowrap;
        --mdc-icon-size: 18px;
      }
      dd {
        margin: 0;
        font-size: 16px;
        font-weight: 500;
        white-space: nowrap;
      }
      .does {
        min-height: 1.4em;
        font-size: 12.5px;
        font-weight: normal;
      }
    `]}render(){let e=this.facts(),t=e.map(r=>[r.label,r.level,r.does,r.value].filter(Boolean).join(" ")).join(", ");return d`
      <div role="img" aria-label=${t}>
        ${this.bar(this.flow?.from??[])} ${this.bar(this.flow?.to??[])}
      </div>
      <dl>
        ${e.map(r=>d`<div>
            <dt class="dim" title=${r.label}><ha-icon icon=${r.icon} style="color: ${r.colour}"></ha-icon>${r.level??r.label}</dt>
            <dd>${r.value}</dd>
            ${r.does===void 0?c:d`<dd class="does dim">${r.does}</dd>`}
          </div>`)}
      </dl>
    `}bar(e){let t=r=>r.title||this.say(r.key);return d`<div class="bar">
      ${e.map(r=>d`<span
          style="--c: ${r.key==="export"?Ge(r.colour):r.colour}; --w: ${Math.round(r.watts)}"
          title="${t(r)} ${L(r.watts,this.language)}"
        ></span>`)}
    </div>`}facts(){let{site:e,flow:t,say:r,language:s}=this,o=[];if(e.solarW!==null&&o.push({icon:"mdi:white-balance-sunny",colour:Y,label:r("sun"),value:L(Math.max(e.solarW,0),s)}),e.batteryPct!==null||e.batteryW!==null){let p=e.batteryPct===null?r("battery"):`${b(e.batteryPct,0,s)} %`,u=e.batteryW===null?null:Math.abs(e.batteryW),m=ar(e.batteryW),h={in:"mdi:battery-arrow-up",out:"mdi:battery-arrow-down",rests:"mdi:battery-medium"}[m],y=m==="rests"?"":r(m==="in"?"battery_in":"battery_out");o.push({icon:h,colour:m==="in"?X:ue,label:r("battery"),value:L(u,s),level:p,does:y})}o.push({icon:"mdi:home",colour:q,label:r("house"),value:L(t?.houseW??null,s)});let a=t===null?null:_o(t),i=(a??0)<0,l=a===null?null:Math.abs(a);return o.push({icon:"mdi:transmission-tower",colour:i?pe:je,label:r(i?"export":"grid"),value:L(l,s)}),o}};function _o(n){return(n.from.find(t=>t.key==="grid")?.watts??0)-(n.to.find(t=>t.key==="export")?.watts??0)}k("fusebox-card-flow",It);function S(n,e,t){let r=e.language.reasons[n.code];if(r===void 0)return Wr(n);let s=Object.fromEntries(Object.entries(n.values).map(([p,u])=>[p,Oo(p,u,e,t)])),o=p=>Ao(p).every(u=>u in s),a=r.replace(/\[([^[\]]*)\]/g,(p,u)=>o(u)?u:"");if(!o(a))return Wr(n);let i=a.replace(/\{(\w+)\}/g,(p,u)=>s[u]??"");return Object.keys(s).reverse().filter(p=>!r.includes(`{${p}}`)).reduce((p,u)=>ko(u,s[u]??"",p,e),i)}function Wr({sentence:n,values:e}){let t=o=>Object.entries(e).flatMap(([a,i])=>zr.has(a)===o?String(i).match(Ir)??[]:[]),r=new Set(t(!1)),s=new Set(t(!0).filter(o=>!r.has(o)));return n.replace(Ir,o=>s.has(o)?o.replaceAll("_"," "):o)}function ko(n,e,t,r){return n==="load"||n==="path"?`${e}: ${t}`:n==="would"?r("would",e,t):t}function Ao(n){return[...n.matchAll(/\{(\w+)\}/g)].map(([,e])=>e??"")}var So={cost:2,price:3};function Oo(n,e,t,r){if(typeof e=="string")return Eo(n,e,t,r);let s=So[n.split("_").at(-1)??""];return s===void 0?Wt(e,r):b(e,s,r)}var Ro={},zr=new Set(["load","loads","losers","lowered","reserved_for","circuit","limit","meter"]),Ir=/[\w.]+/g;function Eo(n,e,t,r){if(n==="mode")return T(t,"mode",e);let s=t.language.values[n==="meter"?"limit":n]??Ro,o=(zr.has(n)?e.replaceAll("_"," "):e).replace(/(\d+)\.(\d+)(?= k?W\b| A\b| to \d)/g,i=>Wt(Number(i),r));return n==="meters"?o.replace(/main(?= L[123] \()/g,t.language.values.limit?.main??"main"):(n==="would"?o.split(/( and |, )/):[o]).map(i=>Mo(i,s)).join("")}function Mo(n,e){let[,t=n,r=""]=/^(.*?)((?: L[123])+)$/.exec(n)??[];for(let{pattern:s,word:o}of To(e)){let a=s.exec(t);if(a!==null)return a.slice(1).reduce((i,l)=>i.replace("*",l),o)+r}return n}var Ur=new WeakMap;function To(n){let e=Ur.get(n);return e===void 0&&(e=Object.entries(n).map(([t,r])=>({pattern:new RegExp(`^${t.replace(/[.()]/g,"\\$&").replaceAll("*","(.+)")}$`),word:r})),Ur.set(n,e)),e}var Lo={ok:["mdi:check-circle","good"],limited:["mdi:arrow-collapse-vertical","warn"],starting:["mdi:timer-sand","calm"],dry_run:["mdi:eye-outline","calm"],over:["mdi:flash-alert","bad"],blind:["mdi:eye-off","bad"],fault:["mdi:alert-circle","bad"]},Po=d`<svg class="bad" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
  <g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round">
    <path d="M4 4l16 16M8.5 15.5a5 5 0 0 1 6.5-.4M5 12a10 10 0 0 1 4-2.5M14 9.2A10 10 0 0 1 19 12" />
    <circle cx="12" cy="19" r="0.8" />
  </g>
</svg>`,Ut=class extends w{static{this.properties={site:{attribute:!1},say:{attribute:!1},language:{},heading:{},link:{},age:{attribute:!1},open:{state:!0}}}static{this.styles=[A,v`
      button {
        display: grid;
        grid-template-columns: 28px 1fr 20px;
        gap: 4px 10px;
        width: 100%;
        align-items: center;
        text-align: start;
      }
      .state {
        font-size: 18px;
        font-weight: 500;
        line-height: 1.25;
      }
      .title {
        font-size: 12.5px;
      }
      .age {
        display: block;
        font-size: 13px;
      }
      .reason {
        grid-column: 1 / -1;
        min-height: 1.4em;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .open .reason {
        white-space: normal;
      }
      .good {
        color: var(--fb-good);
      }
      .warn {
        color: var(--fb-warn);
      }
      .bad {
        color: var(--fb-bad);
      }
      .calm {
        color: var(--fb-accent);
      }
      ul {
        margin: 6px 0 0;
        padding-inline-start: 18px;
      }
    `]}render(){let{site:e,say:t,open:r}=this,s=e.state==="missing",o=this.link==="unreachable",a=o||s&&this.link==="starting"?this.link:e.state,[i,l]=Lo[a]??["mdi:alert-circle","bad"],p=s?this.link==="whole"?t("not_running"):"":S(e.reason,t,this.language),u=o?Po:d`<ha-icon class=${l} icon=${i}></ha-icon>`;return d`
      <button
        class=${r||s?"open":""}
        aria-expanded=${r||s?"true":"false"}
        @click=${()=>{this.open=!this.open}}
      >
        ${u}
        <span>
          ${this.heading?d`<span class="title dim">${this.heading}</span><br />`:c}
          <span class="state">${T(t,"state",a)}</span>
          ${this.age===null||this.age.minutes<1?c:d`<span class="age dim">${t("old",this.age.minutes)}</span>`}
        </span>
        <ha-icon class="dim" icon=${r?"mdi:chevron-up":"mdi:chevron-down"}></ha-icon>
        <span class="reason dim">${o?"":p}</span>
      </button>
      ${e.more.length>0&&(r||e.state==="config_error")?d`<ul>
            ${e.more.map(m=>d`<li>${m}</li>`)}
          </ul>`:c}
    `}};k("fusebox-card-head",Ut);var Co={sent:"mdi:timer-sand",taken:"mdi:timer-sand",confirmed:"mdi:check",refused:"mdi:cancel",late:"mdi:timer-alert-outline"},Ho=v`
  .said {
    min-height: 1.4em;
    font-size: 13px;
    --mdc-icon-size: 18px;
  }
  .said [role="status"] {
    display: flex;
    gap: 6px;
  }
`;function No(n,e,t,r){let s=Wo(n,e);return d`<div class="said">
    ${s===null?d`<span class="dim">${Io(n,t,r)}</span>`:c}
    <span role="status">
      ${s===null?c:d`<ha-icon icon=${Co[s.stage]}></ha-icon><span>${zt(s,t,r)}</span>`}
    </span>
  </div>`}function Wo(n,e){return qn.flatMap(r=>e.get(_(n,r))??[]).sort((r,s)=>s.sinceMs-r.sinceMs)[0]??null}function zt({stage:n,refusal:e},t,r){return n==="refused"?S(e,t,r)||t("state_unreachable"):t(n==="confirmed"?"confirmed":n==="late"?"late":"pending")}function Io(n,e,t){if(n.sessionKwh===null)return"";let r=n.sessionSolarPct===null?"":` · ${b(n.sessionSolarPct,0,t)} % ${e("sun")}`;return`${b(n.sessionKwh,1,t)} kWh ${e("session")}${r}`}var rt={styles:Ho,render:No};var ae={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},st=n=>(...e)=>({_$litDirective$:n,values:e}),fe=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,r){this._$Ct=e,this._$AM=t,this._$Ci=r}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}};var{I:nd}=Mn;var Dr=n=>n.strings===void 0;var Uo={},Br=(n,e=Uo)=>n._$AH=e;var Q=st(class extends fe{constructor(n){if(super(n),n.type!==ae.PROPERTY&&n.type!==ae.ATTRIBUTE&&n.type!==ae.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!Dr(n))throw Error("`live` bindings can only contain a single expression")}render(n){return n}update(n,[e]){if(e===O||e===c)return e;let t=n.element,r=n.name;if(n.type===ae.PROPERTY){if(e===t[r])return O}else if(n.type===ae.BOOLEAN_ATTRIBUTE){if(!!e===t.hasAttribute(r))return O}else if(n.type===ae.ATTRIBUTE&&t.getAttribute(r)===e+"")return O;return Br(n),e}});var ie=1e3,ot=300;function B(n,e){return ie*(e-n.fromMs)/(n.toMs-n.fromMs)}function Ee(n,e){let{low:t,high:r}=n.scale;return ot*(1-(e-t)/(r-t))}function Kr(n,e,t){return V`
    ${e.scale.ticks.map(r=>V`<line class="tick" x1="0" x2=${ie} y1=${Ee(e,r)} y2=${Ee(e,r)} />`)}
    ${n.layers.map(r=>V`<path class="layer" fill=${r.colour} d=${zo(n,r,e)} />`)}
    ${t.map(r=>V`<line class="limit" x1="0" x2=${ie} y1=${Ee(e,r)} y2=${Ee(e,r)} />`)}
    ${n.lines.map(r=>V`<path class=${r.key} stroke=${r.colour} d=${Do(n,r.values,e)} />`)}
  `}function zo(n,e,t){return Fr(e.spans).map(r=>{let s=r.map(a=>Dt(n,t,a,e.spans[a]?.[1]??0)),o=r.map(a=>Dt(n,t,a,e.spans[a]?.[0]??0)).reverse();return`M${[...s,...o].join("L")}Z`}).join("")}function Do(n,e,t){return Fr(e).map(r=>`M${r.map(s=>Dt(n,t,s,e[s]??0)).join("L")}`).join("")}function Dt(n,e,t,r){return`${B(e,n.times[t]??0).toFixed(1)} ${Ee(e,r).toFixed(1)}`}function Fr(n){let e=[];return n.forEach((t,r)=>{t!==null&&(r>0&&n[r-1]!==null?e.at(-1)?.push(r):e.push([r]))}),e}var jr=4;function Gr(n,e){let t=n.loads.filter(r=>(r.plan?.slots.length??0)>0);return d`
    ${t.map(r=>d`<p class="caption">${r.title} <span class="dim">${Me(r.plan?.slots??[],{...n,language:n.say.locale})}</span></p>
        <div class="lane" role="img" aria-label=${`${r.title} ${r.plan===null?"":S(r.plan.reason,n.say,n.language)}`}>
        ${(r.plan?.slots??[]).map(s=>d`<span title=${r.title} style="--c: ${r.colour}; ${Vr(s,e)}"></span>`)}
      </div>`)}
    ${Bo(n,e)}
  `}function Me(n,{language:e,zone:t,nowMs:r}){let s=Bn(n).map(({startMs:o,endMs:a})=>`${(o-r<24*N?D:tt)(o,e,t)}–${D(a,e,t)}`);return[...s.slice(0,jr),...s.length>jr?["…"]:[]].join(", ")}function Bo({prices:n,priceUnit:e,say:t,language:r},s){let o=n.filter(u=>u.endMs>s.fromMs&&u.startMs<s.toMs);if(o.length===0)return c;let a=o.map(u=>u.price??0),i=Math.max(...a,.01),l=Math.min(...a,0),p=`${b(Math.min(...a),2,r)} – ${b(Math.max(...a),2,r)} ${e}`.trimEnd();return d`<p class="caption dim">${t("price")} ${p}</p>
    <div class="prices" role="img" aria-label="${t("price")} ${p}">
    ${o.map(u=>{let m=100*((u.price??0)-l)/(i-l);return d`<span title=${b(u.price,3,r)} style="height: ${m.toFixed(1)}%; ${Vr(u,s)}"></span>`})}
  </div>`}function Vr(n,e){let t=Math.max(B(e,n.startMs)/10,0),r=Math.min(B(e,n.endMs)/10,100);return`left: ${t.toFixed(2)}%; width: ${Math.max(r-t,0).toFixed(2)}%`}var qr=v`
  .plan summary {
    display: grid;
    grid-template-columns: 18px minmax(0, 1fr) 20px;
    gap: 8px;
    align-items: center;
    min-height: 40px;
    padding: 0 10px 0 12px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    color: var(--fb-dim);
    cursor: pointer;
    list-style: none;
    --mdc-icon-size: 18px;
  }
  .plan summary::-webkit-details-marker {
    display: none;
  }
  .stands {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    padding: 4px 0;
  }
  .plan.set summary b {
    font-weight: 500;
    color: var(--fb-text);
  }
  .plan[open] .turn {
    transform: rotate(180deg);
  }
  .controls .line:has(.plan[open]) {
    grid-template-columns: minmax(0, 1fr);
  }
  form {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
    gap: 8px 12px;
    padding: 8px 0 2px;
    align-items: end;
    font-size: 13px;
  }
  form label {
    display: grid;
    gap: 2px;
    min-width: 0;
  }
  /* Three digits, a decimal and the unit fit, also on a phone. */
  .much {
    min-width: 150px;
  }
  input[type="number"] {
    appearance: textfield;
  }
  .amount {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
  }
  form > p,
  fusebox-card-preview {
    grid-column: 1 / -1;
  }
  .field {
    box-sizing: border-box;
    width: 100%;
    min-width: 0;
    height: 40px;
    padding: 0 10px;
    border: 1px solid var(--fb-dim);
    border-radius: 10px;
    font: inherit;
    font-size: 14px;
    color: var(--fb-text);
    background: var(--fb-card);
    color-scheme: inherit;
  }
  .amount .field:first-child {
    border-start-end-radius: 0;
    border-end-end-radius: 0;
    border-inline-end: none;
  }
  .amount .field:last-child {
    border-start-start-radius: 0;
    border-end-start-radius: 0;
  }
  .does {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    gap: 8px;
  }
  .does button {
    min-height: 40px;
    padding: 0 10px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
  }
  .does .main {
    border-color: transparent;
    background: color-mix(in srgb, var(--fb-accent) 20%, var(--fb-card));
    font-weight: 600;
  }
`;function at(n,e,t){let r={service:e,data:t,answer:null};return n.dispatchEvent(new CustomEvent("fusebox-question",{detail:r,bubbles:!0,composed:!0})),r.answer??Promise.resolve(null)}var Ko=400,Bt=class extends w{constructor(){super();this.asked=null;this.found=null,this.refusal=I}static{this.properties={load:{attribute:!1},say:{attribute:!1},language:{},zone:{},priceUnit:{},found:{state:!0},refusal:{state:!0}}}static{this.styles=[A,v`
      :host {
        font-size: 13px;
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 2px 12px;
        margin: 0;
      }
      dd {
        margin: 0;
      }
      .missing dd {
        font-weight: 600;
      }
      .missing {
        display: contents;
      }
    `]}disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.timer)}look(t){clearTimeout(this.timer),this.asked=t,t===null?this.become(null,I):this.timer=setTimeout(()=>{this.ask(t)},Ko)}async ask(t){let r=await at(this,"fusebox_set_plan",{load:this.load.name,...t,preview:!0});r===null||t!==this.asked||this.become(r.refusal===null?Un(r.told):null,r.refusal??I)}become(t,r){this.found=t,this.refusal=r}render(){return d`<div role="status">
      ${this.found===null?S(this.refusal,this.say,this.language):this.preview(this.found)}
    </div>`}preview({slots:t,cost:r,atOnce:s,missingKwh:o,reason:a}){let{say:i,language:l,zone:p,priceUnit:u}=this;if(t.length===0)return d`${S(a,i,l)}`;let m=s===null?"":` (${i("at_once",z(s,u,l))})`;return d`<dl>
      ${this.row("runs",Me(t,{language:i.locale,zone:p,nowMs:Date.now()}))}
      ${r===null?c:this.row("cost",`${z(r,u,l)}${m}`)}
      ${o>0?d`<div class="missing">${this.row("missing",`${b(o,1,l)} kWh`)}</div>`:c}
    </dl>`}row(t,r){return d`<dt class="dim">${this.say(t)}</dt>
      <dd>${r}</dd>`}};k("fusebox-card-preview",Bt);function K(n,e,t){let r={load:n.load,control:e,value:t};n.dispatchEvent(new CustomEvent("fusebox-wanted",{detail:r,bubbles:!0,composed:!0}))}var Fo=v`
  .slider {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) 40px;
    gap: 8px;
    align-items: center;
    font-size: 13px;
  }
  .slider.wide {
    grid-column: 1 / -1;
    grid-template-columns: auto minmax(0, 1fr) minmax(88px, auto);
  }
  input[type="range"] {
    appearance: none;
    width: 100%;
    height: 40px;
    margin: 0;
    background: linear-gradient(90deg, var(--fb-accent) var(--part), var(--fb-track) var(--part)) center / 100% 6px no-repeat;
    cursor: pointer;
  }
  input::-webkit-slider-thumb {
    appearance: none;
    width: 22px;
    height: 22px;
    border: 2px solid var(--fb-card);
    border-radius: 50%;
    background: var(--fb-accent);
  }
  input::-moz-range-thumb {
    width: 20px;
    height: 20px;
    border: 2px solid var(--fb-card);
    border-radius: 50%;
    background: var(--fb-accent);
  }
`;function jo(n,e){let{load:t,say:r,asks:s,language:o}=n;return Yr({label:r("at_most"),min:e.min,max:e.top,step:1,now:R(s,_(t,"max"),e.max),shown:a=>`${b(a,a%1===0?0:1,o)} A`,pending:H(s,_(t,"max")),done:a=>K(n,"max",a)})}function Yr({label:n,min:e,max:t,step:r,now:s,shown:o,name:a,pending:i=!1,done:l}){let p=h=>`${(100*(h-e)/(t-e||1)).toFixed(1)}%`,u=h=>{let y=h.target,$=y.nextElementSibling,Pe=o(Number(y.value));y.style.setProperty("--part",p(Number(y.value))),y.setAttribute("aria-valuetext",Pe),$!==null&&($.textContent=Pe)},m=h=>a===void 0?Q(h):h;return d`<label class="slider ${a===void 0?"":"wide"}">
    <span class="dim">${n}</span>
    <input
      type="range"
      name=${a??c}
      min=${e}
      max=${t}
      step=${r}
      .value=${m(String(s))}
      style="--part: ${p(s)}"
      aria-valuetext=${o(s)}
      ?data-pending=${i}
      @input=${u}
      @change=${h=>l?.(Number(h.target.value))}
    />
    <output class="number" .textContent=${m(o(s))}></output>
  </label>`}var he={styles:Fo,render:jo,bar:Yr};var Go={energy_kwh:"kWh",soc_target_pct:"%",hours:"h"},Vo="07:00";function qo(n,e){let{load:t,say:r,asks:s}=n,o=re(e),a=H(s,_(t,"plan")),i=Qo(t),l=i.find(u=>e.asked[u]!==void 0)??i[0],p=o?S(e.reason,r,n.language):"";return d`<details class="plan ${o?"set":""}" @toggle=${u=>Xr(n,e,u)}>
    <summary ?data-pending=${a}>
      <ha-icon icon=${o?"mdi:calendar-clock":"mdi:calendar-plus"}></ha-icon>
      <span class="stands"><b>${T(r,"plan",e.state)}</b><span>${Xo(e,n,Date.now())}</span></span>
      <ha-icon class="turn" icon="mdi:chevron-down"></ha-icon>
    </summary>
    <form @submit=${u=>Jo(n,e,u)} @input=${u=>Xr(n,e,u)}>
      ${p===""?c:d`<p class="dim">${p}</p>`}
      <label><span class="dim">${r("ready_by")}</span><input class="field" name="ready_by" type="time" required value=${e.asked.readyBy??Vo} /></label>
      <label class="much">
        <span class="dim">${r("how_much")}</span>
        <span class="amount">
          <input class="field" name="amount" type="number" min="0.5" step="0.5" ?required=${n.priceUnit===""} placeholder=${n.priceUnit===""?"":r("any_amount")} inputmode="decimal" value=${(l&&e.asked[l])??""} />
          <select class="field" name="unit" aria-label=${r("unit")}>
            ${i.map(u=>d`<option value=${u} ?selected=${u===l}>${Go[u]}</option>`)}
          </select>
        </span>
      </label>
      ${n.priceUnit===""?c:Yo(n,e)}
      <fusebox-card-preview .load=${t} .say=${r} .language=${n.language} .zone=${n.zone} .priceUnit=${n.priceUnit}></fusebox-card-preview>
      <div class="does">
        <button class="main" type="submit">${r("set_plan")}</button>
        ${o?d`<button type="button" @click=${()=>K(n,"plan","")}>${r("clear_plan")}</button>`:c}
      </div>
    </form>
  </details>`}function Yo({priceUnit:n,priceSpan:e,say:t,language:r},{asked:s}){let{min:o,none:a,step:i,decimals:l}=_t(e,s.max_price);return he.bar({label:t("price_at_most"),min:o,max:a,step:i,now:s.max_price??a,shown:p=>p>=a?t("no_limit"):`${b(p,l,r)} ${n}`,name:"max_price"})}function Xo(n,{priceUnit:e,say:t,language:r,zone:s},o){if(n.slots.length>0)return Me(n.slots,{language:t.locale,zone:s,nowMs:o});let a=S(n.reason,t,r);return a===""&&n.cost!==null?z(n.cost,e,r):a}function Qo(n){return n.currentA===null?["hours","energy_kwh"]:["energy_kwh","soc_target_pct"]}function Jo(n,e,t){t.preventDefault(),K(n,"plan",Qr(n,e,t.target))}function Xr(n,e,{currentTarget:t}){let r=t.closest("details"),s=r?.querySelector("form"),a=r?.open===!0&&s?.checkValidity()===!0?Qr(n,e,s):{};r?.querySelector("fusebox-card-preview")?.look(Object.keys(a).length===0?null:a)}function Qr(n,e,t){let r=new FormData(t),s=i=>String(r.get(i)??""),{none:o}=_t(n.priceSpan,e.asked.max_price),a=s("max_price");return zn(s("ready_by"),s("amount"),s("unit"),Number(a)<o?a:"")}var it={styles:qr,render:qo};var Zo=5,ea=v`
  .controls {
    display: grid;
    gap: 6px;
    padding: 6px 0 0 46px;
  }
  .line {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 12px;
    align-items: start;
  }
  .line:has(> .plan:not([open])) {
    align-items: stretch;
  }
  .line.end {
    grid-template-columns: minmax(0, 1fr) auto;
  }
  .line .said {
    align-self: center;
  }
  .why {
    font-size: 13px;
  }
  .boost {
    display: flex;
    align-items: center;
    gap: 6px;
    height: 100%;
    min-height: 40px;
    padding: 0 12px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    color: var(--fb-dim);
    --mdc-icon-size: 18px;
  }
  .boost[aria-pressed="true"] {
    background: color-mix(in srgb, var(--fb-accent) 20%, transparent);
    color: var(--fb-text);
    font-weight: 600;
  }
  .stops {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 12px;
    align-items: center;
    font-size: 13px;
  }
  .stops input {
    width: 64px;
  }
  @container (max-width: 420px) {
    .controls {
      padding-inline-start: 0;
    }
  }
`;function ta(n){let{load:e}=n,t=e.boosted!==null,r=rt.render(e,n.asks,n.say,n.language),s=e.plan===null?c:it.render(n,e.plan),o=e.currentA===null?c:he.render(n,e.currentA),a=o===c?s===c?r:s:o,i=a===o&&e.plan!==null&&!re(e.plan);return d`<div class="controls">
    ${e.modes.length>1?na(n,t):c}
    ${t?d`<div class="line"><span>${ra(n)}</span> ${a}</div>`:a}
    ${e.vehicles.length>0&&e.status!=="unplugged"?oa(n):c}
    ${e.canSwitchPhases?sa(n):c} ${Object.keys(e.stops).length>0?aa(n):c}
    ${a===o&&!i?s:c}
    ${i?d`<div class="line end">${r} ${s}</div>`:a===r?c:r}
  </div>`}function na(n,e){let{load:t,say:r,asks:s}=n,o=R(s,_(t,"mode"),t.mode),a=t.modes.filter(i=>!(e&&i==="boost"));return d`<div class="choices ${a.length>Zo?"many":""}" role="group" aria-label=${r("mode")}>
    ${a.map(i=>d`<button
        aria-pressed=${i===o?"true":"false"}
        ?data-pending=${i===o&&H(s,_(t,"mode"))}
        @click=${()=>K(n,"mode",i)}
      >
        ${T(r,"mode",i)}
      </button>`)}
  </div>`}function ra(n){let{load:e,say:t,asks:r}=n,s=R(r,_(e,"boost"),e.boosted===!0);return d`<button
    class="boost"
    aria-pressed=${s?"true":"false"}
    ?data-pending=${H(r,_(e,"boost"))}
    @click=${()=>K(n,"boost",!s)}
  >
    <ha-icon icon=${s?"mdi:flash":"mdi:flash-outline"}></ha-icon>${t("boost")}
  </button>`}function sa(n){let{load:e,say:t,asks:r,language:s}=n,o=S(e.phasesReason,t,s),a=R(r,_(e,"phases"),e.phasesUsed??0),i=H(r,_(e,"phases"));return d`<div class="choices" role="group" aria-label=${t("phases")}>
      ${[1,e.phases.length].map(l=>d`<button
          aria-pressed=${l===a?"true":"false"}
          ?data-pending=${l===a&&i}
          @click=${()=>K(n,"phases",l)}
        >
          ${l===1?t("one_phase"):t("phase_count",l)}
        </button>`)}
    </div>
    ${o===""?c:d`<p class="why dim">${o}</p>`}`}function oa(n){let{load:e,say:t,asks:r}=n,s=R(r,_(e,"vehicle"),e.vehicle);return d`<div class="choices" role="group" aria-label=${t("vehicle")}>
    ${e.vehicles.map(o=>d`<button
        aria-pressed=${o===s?"true":"false"}
        ?data-pending=${o===s&&H(r,_(e,"vehicle"))}
        @click=${()=>K(n,"vehicle",o)}
      >
        ${me(t,o)}
      </button>`)}
  </div>`}function aa(n){let{load:e,say:t,asks:r}=n;return d`<div class="stops">
    <span class="dim">${t("stop_at")}</span>
    ${ce.filter(s=>e.stops[s]!==void 0).map(s=>{let o=R(r,_(e,s),e.stops[s]??0),a=s==="stop_soc_pct"?"%":"kWh";return d`<label ?data-pending=${H(r,_(e,s))}>
        <input
          class="field"
          type="number"
          min="0"
          max=${s==="stop_soc_pct"?100:1e3}
          step=${s==="stop_soc_pct"?1:.5}
          inputmode="decimal"
          placeholder="–"
          aria-label="${t("stop_at")} ${a}"
          .value=${Q(o>0?String(o):"")}
          @change=${i=>K(n,s,Number(i.target.value))}
        />
        ${a}
      </label>`})}
  </div>`}var Kt={styles:ea,render:ta};function Jr(n,e,t){return[T(e.say,"status",n.status),ia(n,e,t),la(n,e)].filter(r=>r!=="")}function Zr({socPct:n,plan:e,stops:t},r){if(n===null)return"";let o=(e!==null&&re(e)?e.asked.soc_target_pct:void 0)??t.stop_soc_pct??0;return`${b(n,0,r)}${o>n?` → ${b(o,0,r)}`:""} %`}function ia({readyMs:n,plan:e},{say:t,language:r,zone:s},o){return n===null?e?.state==="late"?t("plan_late"):"":n-o<24*N?t("ready_at",D(n,r,s)):t("ready_on",tt(n,t.locale,s))}function la({plan:n,sessionCost:e},{priceUnit:t,say:r,language:s}){return n!==null&&re(n)&&n.cost!==null?z(n.cost,t,s):e===null?"":r("so_far",z(e,t,s))}function es(n,e,t){if(n.share===null||n.share===0)return"";if(n.unit==="W")return e("may_have",L(n.share,t));let r=Vn(n);return e("may_have",`${b(n.share,1,t)} A${r>1?` × ${r}`:""}`)}var Ft=class extends w{constructor(){super(...arguments);this.toggle=()=>{this.open=!this.open}}static{this.properties={load:{attribute:!1},asks:{attribute:!1},say:{attribute:!1},language:{},zone:{},priceUnit:{},priceSpan:{attribute:!1},pinned:{type:Boolean},open:{state:!0}}}static{this.styles=[A,v`
      .head {
        display: grid;
        grid-template-columns: 36px minmax(0, 1fr) auto 20px;
        gap: 0 10px;
        width: 100%;
        align-items: center;
        text-align: start;
      }
      .icon {
        grid-row: span 2;
        display: grid;
        place-items: center;
        width: 36px;
        height: 36px;
        border-radius: 50%;
        background: var(--c);
        color: #fff;
        --mdc-icon-size: 20px;
      }
      .resting .icon {
        background: none;
        color: var(--c);
        box-shadow: inset 0 0 0 2px var(--c);
      }
      .title {
        font-weight: 500;
        font-size: 15px;
      }
      .title,
      .facts {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .facts {
        grid-column: 2 / -1;
        display: flex;
        flex-wrap: wrap;
        gap: 0 10px;
        font-size: 13px;
      }
      .number {
        font-size: 16px;
        font-weight: 500;
      }
      .reason {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        padding-inline-start: 46px;
        font-size: 13px;
        min-height: 1.4em;
      }
      .open .reason {
        white-space: normal;
      }
      .bad {
        color: var(--fb-bad);
        --mdc-icon-size: 15px;
      }
    `,rt.styles,he.styles,it.styles,Kt.styles]}render(){let{load:t,say:r}=this,s=!["charging","on","switching"].includes(t.status),o=["fault","blind","unavailable"].includes(t.status),a=R(this.asks,_(t,"mode"),t.mode),i=R(this.asks,_(t,"vehicle"),t.vehicle),l=a===""?"":T(r,"mode",a),p=[i===""?"":me(r,i),Zr(t,this.language)].filter(Boolean);return d`<section class="${s?"resting":""} ${this.open?"open":""}" style="--c: ${t.colour}">
      <button class="head" aria-expanded=${this.open?"true":"false"} @click=${this.toggle}>
        <span class="icon"><ha-icon icon=${t.icon}></ha-icon></span>
        <span class="title">${t.title}<span class="dim">${p.map(u=>` · ${u}`)}</span></span>
        <b class="number">${L(t.drawW,this.language)}</b>
        <ha-icon class="dim" icon=${this.open?"mdi:chevron-up":"mdi:chevron-down"}></ha-icon>
        <span class="facts">
          <span>
            ${o?d`<ha-icon class="bad" icon="mdi:alert"></ha-icon>`:c}
            ${Jr(t,this,Date.now()).join(" · ")}
          </span>
          <span class="dim">${[l,es(t,r,this.language)].filter(Boolean).join(" · ")}</span>
        </span>
      </button>
      <p class="reason dim">${S(t.reason,r,this.language)}</p>
      ${this.open||this.pinned?Kt.render(this):c}
    </section>`}};k("fusebox-card-load",Ft);var jt=class extends w{static{this.properties={group:{attribute:!1},say:{attribute:!1}}}static{this.styles=[A,v`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 14px;
        margin: 8px 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 6px;
        font-size: 13px;
      }
      i {
        position: relative;
        box-sizing: border-box;
        width: 14px;
        height: 14px;
        border-radius: 50%;
        border: 2px solid var(--fb-dim);
      }
      .on i {
        background: var(--state-climate-heat-color, #ff8100);
        border-color: var(--state-climate-heat-color, #ff8100);
      }
      .waits i {
        border-color: var(--state-climate-heat-color, #ff8100);
        background: linear-gradient(90deg, var(--state-climate-heat-color, #ff8100) 50%, transparent 50%);
      }
      .line {
        display: flex;
        justify-content: space-between;
      }
      ha-icon {
        --mdc-icon-size: 14px;
      }
      small {
        font-size: 12px;
      }
    `]}render(){let{group:e,say:t}=this,r=e.dots.filter(s=>s.is==="on").length;return d`
      <div class="line">
        <h3>${e.title?`${t("radiators")}: ${e.title}`:t("radiators")}</h3>
        <span class="dim">${r}${e.allowed===null?"":` ${t("of_fuse",e.allowed)}`}</span>
      </div>
      <ul>
        ${e.dots.map(s=>this.dot(s))}
      </ul>
    `}dot(e){let t=this.say(`rad_${e.is}`);return d`<li class=${e.is}>
      <i></i><span>${e.name} <small class="dim">${t}</small></span>
      ${e.boosted?d`<ha-icon icon="mdi:flash" title=${this.say("boost")}></ha-icon>`:c}
    </li>`}};k("fusebox-card-radiators",jt);var Vt={day:{days:32,most:31},month:{days:366,most:12}};function ns(n){return Ke(n.totals).map(e=>({period:x(e.period),load:x(e.load),vehicle:x(e.vehicle),kwh:g(e.kwh)??0,solarPct:g(e.solar_pct),cost:g(e.cost),saved:g(e.saved)}))}function Gt({load:n,vehicle:e}){return e||n}function qt(n){return[...new Set(n.map(Gt))].sort()}function Yt(n,e,t){let r=n.filter(o=>e===""||Gt(o)===e);return[...new Set(r.map(o=>o.period))].sort().reverse().slice(0,t).map(o=>{let a=r.filter(l=>l.period===o),i=qt(a).map(l=>[l,ts(a.filter(p=>Gt(p)===l))]);return{period:o,sum:ts(a),parts:new Map(i)}})}function ts(n){let e=n.filter(s=>s.solarPct!==null),t=Te(e.map(s=>s.kwh))??0,r=Te(e.map(s=>(s.solarPct??0)*s.kwh/100))??0;return{kwh:Te(n.map(s=>s.kwh))??0,solarPct:t>0?100*r/t:null,cost:Te(n.map(s=>s.cost)),saved:Te(n.map(s=>s.saved))}}function Te(n){let e=n.filter(t=>t!==null);return e.length===0?null:e.reduce((t,r)=>t+r,0)}var rs=v`
  summary {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) 20px;
    gap: 8px;
    align-items: center;
    min-height: 40px;
    cursor: pointer;
    list-style: none;
    --mdc-icon-size: 20px;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary span {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    align-items: baseline;
    gap: 0 8px;
  }
  summary ha-icon {
    color: var(--fb-dim);
  }
  [open] summary ha-icon {
    transform: rotate(180deg);
  }
  b {
    font-size: 16px;
    font-weight: 500;
  }
  small {
    font-size: 12.5px;
  }
  .ask {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(130px, 1fr));
    gap: 8px;
  }
  select {
    min-width: 0;
    min-height: 40px;
    padding: 0 10px;
    border: 1px solid var(--fb-dim);
    border-radius: 10px;
    font: inherit;
    font-size: 13px;
    color: var(--fb-text);
    background: var(--fb-card);
  }
  table {
    width: 100%;
    margin-top: 8px;
    border-collapse: collapse;
    font-size: 13px;
  }
  thead th {
    font-weight: normal;
    font-size: 12px;
    color: var(--fb-dim);
    text-align: right;
    vertical-align: bottom;
  }
  th {
    text-align: start;
    overflow-wrap: anywhere;
  }
  th,
  td {
    padding: 3px 0 3px 6px;
  }
  tr > :first-child {
    padding-inline-start: 0;
  }
  .sum {
    border-top: 1px solid var(--fb-line);
  }
  .sum th {
    font-weight: 500;
  }
  .dim th {
    font-weight: normal;
  }
  .dim > :first-child {
    padding-inline-start: 10px;
  }
`;var da=6e4,pa=6e5,ss=(n=[])=>n.map(({name:e,title:t})=>`${e} ${t}`).join(`
`),Xt=class extends w{constructor(){super();this.askedMs={};this.by="month",this.who="",this.found={}}static{this.properties={loads:{attribute:!1,hasChanged:(t,r)=>ss(t)!==ss(r)},say:{attribute:!1},language:{},zone:{},priceUnit:{},by:{state:!0},who:{state:!0},found:{state:!0}}}static{this.styles=[A,rs]}connectedCallback(){super.connectedCallback(),this.timer=setInterval(()=>{this.ask("month")},da),this.ask("month")}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.timer)}async ask(t){let r=Date.now()-(this.askedMs[t]??0)<pa;if(this.found[t]!==void 0&&r)return;let s=await at(this,"fusebox_sessions",{days:Vt[t].days,totals:t});s===null||s.refusal!==null||(this.askedMs[t]=Date.now(),this.found={...this.found,[t]:ns(s.told)})}render(){let{say:t,by:r,who:s,found:o}=this,a=o.month??[];if(a.length===0)return c;let[i]=Yt(a,"",1),l=i?.period===Hr(Date.now(),this.zone)?i.sum:null,p=o[r]??[];return d`<details>
      <summary><h3>${t("this_month")}</h3> <span>${l===null?"–":this.told(l)}</span><ha-icon icon="mdi:chevron-down"></ha-icon></summary>
      <div class="ask">
        <div class="choices" role="group" aria-label=${t("history")}>${["day","month"].map(u=>this.choice(u))}</div>
        ${this.whose(a)}
      </div>
      ${this.table(Yt(p,s,Vt[r].most))}
    </details>`}told({kwh:t,solarPct:r,cost:s,saved:o}){let{say:a,language:i,priceUnit:l}=this,[p,u]=l===""?[null,null]:[s,o],m=r===null?"":`${b(r,0,i)} % ${a("sun")}`,h=[u===null?"":a("saved_so_much",z(u,l,i)),`${b(t,0,i)} kWh`,m];return d`${p===null?c:d`<b>${z(p,l,i)}</b>`}
      ${h.filter(Boolean).map(y=>d`<small class="dim">${y}</small> `)}`}choice(t){return d`<button aria-pressed=${t===this.by?"true":"false"} @click=${()=>this.turn(t)}>${this.say(`by_${t}`)}</button>`}turn(t){this.by=t,this.ask(t)}whose(t){let r=qt(t);return r.length<2?c:d`<select
      aria-label=${this.say("whose")}
      @change=${s=>{this.who=s.target.value}}
    >
      <option value="">${this.say("everybody")}</option>
      ${r.map(s=>d`<option value=${s} ?selected=${s===this.who}>${this.called(s)}</option>`)}
    </select>`}table(t){let{say:r,priceUnit:s}=this,[o=""]=s.split("/"),a=s!==""&&t.some(({sum:i})=>i.cost!==null);return d`<table>
      <thead>
        <tr>
          <td></td>
          <th scope="col">kWh</th>
          <th scope="col">${r("sun")} %</th>
          ${a?d`<th scope="col">${r("cost")} ${o}</th><th scope="col">${r("saved")} ${o}</th>`:c}
        </tr>
      </thead>
      ${t.map(({period:i,sum:l,parts:p})=>d`<tbody>
          ${this.line(Nr(i,r.locale),l,a,"sum")}
          ${this.who!==""?c:[...p].map(([u,m])=>this.line(this.called(u),m,a,"dim"))}
        </tbody>`)}
    </table>`}line(t,{kwh:r,solarPct:s,cost:o,saved:a},i,l){let p=(u,m)=>d`<td class="number">${b(u,m,this.language)}</td>`;return d`<tr class=${l}>
      <th scope="row">${t}</th>
      ${p(r,1)} ${p(s,0)} ${i?d`${p(o,2)} ${p(a,2)}`:c}
    </tr>`}called(t){return this.loads.find(r=>r.name===t)?.title??(t==="guest"?me(this.say,t):Ae(t))}};k("fusebox-card-sessions",Xt);var Qt=class extends w{constructor(){super();this.toggle=t=>{this.open=t.target.open};this.open=!1}static{this.properties={groups:{attribute:!1},asks:{attribute:!1},say:{attribute:!1},language:{},open:{state:!0}}}static{this.styles=[A,v`
      summary {
        display: grid;
        place-items: center;
        width: 40px;
        height: 40px;
        margin-inline-start: auto;
        color: var(--fb-dim);
        cursor: pointer;
        list-style: none;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      .row {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1.2fr) 68px;
        gap: 8px;
        align-items: center;
        min-height: 40px;
        font-size: 13px;
      }
      .row select {
        grid-column: 2 / -1;
        min-height: 36px;
        font: inherit;
        color: inherit;
        background: var(--fb-card);
        border: 1px solid var(--fb-line);
        border-radius: 10px;
      }
      input[type="checkbox"] {
        grid-column: 3;
        justify-self: end;
        width: 20px;
        height: 20px;
      }
      input {
        accent-color: var(--fb-accent);
      }
      .said {
        font-size: 13px;
      }
    `]}render(){return d`<details @toggle=${this.toggle}>
      <summary aria-label=${this.say("settings")} title=${this.say("settings")}><ha-icon icon="mdi:cog-outline"></ha-icon></summary>
      ${this.open?this.groups.map(({title:t,settings:r})=>d`${t===""?c:d`<h3>${t}</h3>`} ${r.map(s=>this.row(s))}`):c}
    </details>`}row(t){let r=Xe(t),s=this.asks.get(r);return d`<label class="row" ?data-pending=${H(this.asks,r)}>
        <span class="dim">${this.say(t.label)}</span>
        ${this.control(t,r)}
      </label>
      ${s===void 0?c:d`<p class="said" role="status">${this.answer(s)}</p>`}`}control(t,r){let{span:s,options:o,value:a}=t;if(s!==null){let l=R(this.asks,r,typeof a=="number"?Math.min(a,s.max):s.max),p=m=>`${b(m,m%1===0?0:1,this.language)} ${s.unit}`,u=m=>{let h=m.target;h.nextElementSibling!==null&&(h.nextElementSibling.textContent=p(Number(h.value)))};return d`<input
          type="range"
          min=${s.min}
          max=${s.max}
          step=${s.step}
          .value=${Q(String(l))}
          aria-valuetext=${p(l)}
          @input=${u}
          @change=${m=>this.set(t,Number(m.target.value))}
        />
        <output class="number" .textContent=${Q(p(l))}></output>`}if(o.length>0){let l=R(this.asks,r,String(a));return d`<select @change=${p=>this.set(t,p.target.value)}>
        ${o.map(p=>d`<option value=${p} ?selected=${p===l}>${this.word(p)}</option>`)}
      </select>`}let i=R(this.asks,r,a===!0);return d`<input
      type="checkbox"
      .checked=${Q(i)}
      @change=${l=>this.set(t,l.target.checked)}
    />`}word(t){let r=`share_${t}`;return this.say(r)}answer(t){return zt(t,this.say,this.language)}set(t,r){let s={setting:t,value:r};this.dispatchEvent(new CustomEvent("fusebox-set",{detail:s,bubbles:!0,composed:!0}))}};k("fusebox-card-settings",Qt);var Jt=class extends w{static{this.properties={tariff:{attribute:!1},say:{attribute:!1},language:{}}}static{this.styles=[A,v`
      .line {
        display: flex;
        justify-content: space-between;
        gap: 8px;
        align-items: baseline;
      }
      .bar {
        position: relative;
        height: 12px;
        margin: 6px 0;
        border-radius: 6px;
        background: var(--fb-track);
      }
      .bar span {
        position: absolute;
        inset-block: 0;
        left: 0;
        border-radius: 6px;
        background: var(--energy-grid-consumption-color, #488fc2);
        transition: width 0.6s;
      }
      .bar .beyond {
        background: var(--fb-bad);
      }
      .bar .cut {
        border-start-end-radius: 0;
        border-end-end-radius: 0;
      }
      .bar i {
        position: absolute;
        inset-block: -3px;
        width: 3px;
        margin-inline-start: -1.5px;
        border-radius: 2px;
        background: var(--fb-text);
      }
      .bar .month {
        width: 2px;
        background: var(--fb-dim);
      }
      b {
        font-weight: 500;
        font-size: 16px;
      }
      small {
        font-size: 12.5px;
      }
    `]}render(){let{tariff:e,say:t}=this,{projectedKw:r,targetKw:s,monthKw:o}=e,{withinKw:a,beyondKw:i,endKw:l}=hr(e),p=u=>`${(100*u/l).toFixed(1)}%`;return d`
      <div class="line">
        <h3>${t("window",e.windowMin)}</h3>
        <span><b>${this.kw(r)}</b> <small class="dim">${t("of_fuse",this.kw(s))}</small></span>
      </div>
      <div class="bar" role="img" aria-label="${this.kw(r)} ${t("of_fuse",this.kw(s))}">
        ${i>0?d`<span class="beyond" style="width: ${p(a+i)}"></span>`:c}
        <span class=${i>0?"cut":""} style="width: ${p(a)}"></span>
        ${o===null||o<=0?c:d`<i class="month" style="left: ${p(o)}"></i>`}
        ${s===null?c:d`<i style="left: ${p(s)}"></i>`}
      </div>
      <div class="line dim">
        <small>${t("window_left",Math.ceil(e.leftS/60))}</small>
        <small>${t("month_peak")} ${this.kw(o)}</small>
      </div>
    `}kw(e){return`${b(e,1,this.language)} kW`}};k("fusebox-card-tariff",Jt);var ua={},os=st(class extends fe{constructor(){super(...arguments),this.ot=ua}render(n,e){return e()}update(n,[e,t]){if(Array.isArray(e)){if(Array.isArray(this.ot)&&this.ot.length===e.length&&e.every((r,s)=>r===this.ot[s]))return O}else if(this.ot===e)return O;return this.ot=Array.isArray(e)?Array.from(e):e,this.render(e,t)}});var W="total";function Zt(n,e){let t=ca(n),r=n.map(a=>e===W?ma(a):fa(a,e)),s=t.map(a=>({...a,spans:r.map(i=>i===null?null:i.spans.get(a.key)??null)})),o=[{key:"grid",colour:"var(--primary-text-color)",values:r.map(a=>a?.grid??null)}];return r.some(a=>a?.sun!=null)&&o.push({key:"sun",colour:Y,values:r.map(a=>a?.sun??null)}),{times:n.map(a=>a.atMs),layers:s.filter(a=>a.spans.some(i=>i!==null&&i[1]-i[0]>0)),lines:o}}function ca(n){let e=new Map(n.flatMap(t=>t.loads).map(t=>[t.entity,t]));return[{key:"house",colour:q,title:""},...[...e.values()].map(({entity:t,colour:r,title:s})=>({key:t,colour:r,title:s})),{key:"battery",colour:X,title:""}]}function ma(n){let e=Je(n.site,n.loads),t=Ye(n.site);if(e===null||t===null)return null;let r=new Map,s=0;for(let o of e.to)r.set(o.key,[s,s+o.watts]),s+=o.watts;return{spans:as(r,n,s),grid:t,sun:n.site.solarW}}function fa(n,e){let t=n.site.gridA[e]??null;if(t===null)return null;let r=Pt(n.site,n.loads,e),s=Math.max(r??0,0),o=Ct(t,Re(e,n.loads),r),a=new Map(o.map(i=>[i.key,[i.fromA+s,i.toA+s]]));return{spans:as(a,n,(o.at(-1)?.toA??0)+s),grid:t,sun:r===null?null:s}}function as(n,e,t){let r=new Map,s=n.values().next().value?.[0]??Math.min(t,0);for(let o of["house",...e.loads.map(a=>a.entity),"battery"]){let a=n.get(o)??[s,s];r.set(o,a),s=a[1]}return r}function is(n,e){let t=[...n.layers.flatMap(m=>m.spans.flatMap(h=>h===null?[]:[...h])),...n.lines.flatMap(m=>m.values.filter(h=>h!==null))],r=Math.max(0,...t),s=e.filter(m=>m<=Math.max(r,1)*3),o=Math.max(r,...s.map(m=>m*1.05))||1,a=Math.min(0,...t),i=ha((o-a)/5),l=Math.floor(a/i+1e-9),p=Math.ceil(o/i-1e-9),u=Array.from({length:p-l+1},(m,h)=>(l+h)*i);return{low:l*i,high:p*i,ticks:u}}function ls(n,{high:e}){return n.filter(t=>t<=e)}function ha(n){let e=10**Math.floor(Math.log10(n)),t=n/e;return e*(t<=1?1:t<=2?2:t<=5?5:10)}var ds=72;function en(n,e){let t=e*36e5/ds,r=Math.floor(n/t)*t;return Array.from({length:ds},(s,o)=>r-o*t)}async function lt(n,e,t){let r=await n.callWS({type:"history/history_during_period",start_time:new Date(e).toISOString(),end_time:new Date(e+1).toISOString(),entity_ids:[M,...t],significant_changes_only:!1});return ga(r,e,t)}function ga(n,e,t){let r={};for(let[s,o]of Object.entries(n)){let a=o[0];a!==void 0&&(r[s]={entity_id:s,state:a.s,attributes:a.a??{},last_changed:""})}return r[M]===void 0?null:tn(r,e,t)}function tn(n,e,t){let r=qe(n),s=t.flatMap((o,a)=>{let i=n[o];return i===void 0?[]:[Ve(i,r,a,n)]});return{atMs:e,site:r,loads:s}}var nn=3,ya=2e3,ps=new Map,ba=new Set(["limited","shed","blind","recovered","escalated"]);async function us(n,e){try{let t=await n.callWS({type:"logbook/get_events",start_time:new Date(e).toISOString(),entity_ids:[M]});return await Promise.all(xa(t).map((r,s)=>s<nn?va(n,r):r))}catch{return[]}}function xa(n){return n.flatMap(({when:t,name:r="",message:s=""})=>{let[o=""]=s.split(":",1);if(t===void 0||!ba.has(o))return[];let a=r.replace(/^Fusebox ?/,"");return[{atMs:t*1e3,kind:o,load:a==="site"?"":a,reason:{...I,sentence:s.slice(o.length+1).trim()}}]}).sort((t,r)=>r.atMs-t.atMs)}async function va(n,e){let t=e.load===""?M:`sensor.fusebox_${e.load}`,r=`${t} ${e.atMs}`,s=ps.get(r);if(s===void 0){let o=await lt(n,e.atMs+ya,e.load===""?[]:[t]);s=(e.load===""?o?.site.reason:o?.loads[0]?.reason)??I,ps.set(r,s)}return{...e,reason:wa(e,s)}}function wa({load:n,reason:e},t){let r=[`loads.${n}: `,`${n}: `].find(a=>e.sentence.startsWith(a))??"",s=e.sentence.slice(r.length);return(t.sentence===s||t.sentence.startsWith(`${s}; `))&&s!==""?{...t,sentence:s}:{...I,sentence:s}}var cs=v`
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
  }
  .choices {
    flex: 0 1 240px;
  }
  .choices button {
    min-height: 32px;
  }
  .readout {
    display: flex;
    flex-wrap: wrap;
    align-content: flex-start;
    gap: 0 12px;
    min-height: 2.8em;
    margin: 8px 0 12px;
    font-size: 13px;
  }
  .readout b {
    font-weight: 500;
  }
  .readout i {
    display: inline-block;
    width: 9px;
    height: 9px;
    margin-inline-end: 4px;
    border-radius: 2px;
  }
  .readout .drawn {
    height: 0;
    border-top: 2px solid;
    border-radius: 0;
    vertical-align: middle;
  }
  /* Left of the picture is the place of its numbers: nothing is written over what it shows. */
  .picture,
  .times,
  .lane,
  .prices {
    margin-inline-start: 38px;
  }
  .picture {
    position: relative;
    height: 190px;
    touch-action: pan-y;
  }
  svg {
    display: block;
    width: 100%;
    height: 100%;
    overflow: visible;
  }
  svg * {
    vector-effect: non-scaling-stroke;
  }
  .layer {
    opacity: 0.85;
  }
  .tick {
    stroke: var(--fb-line);
    stroke-width: 1;
  }
  .limit {
    stroke: var(--fb-bad);
    stroke-width: 1.5;
    stroke-dasharray: 6 4;
  }
  .grid,
  .sun {
    fill: none;
    stroke-width: 1.8;
    stroke-linejoin: round;
  }
  .cursor {
    stroke: var(--fb-dim);
    stroke-width: 1;
  }
  .y {
    position: absolute;
    inset-inline-start: -38px;
    width: 34px;
    text-align: end;
    white-space: nowrap;
    font-size: 11px;
    line-height: 14px;
    transform: translateY(-50%);
    color: var(--fb-dim);
    pointer-events: none;
  }
  .caption {
    margin-top: 6px;
    font-size: 12.5px;
  }
  @container (min-width: 1250px) {
    .picture {
      height: 260px;
    }
  }
  .mark {
    position: absolute;
    top: -2px;
    width: 0;
    margin-inline-start: -5px;
    border: 5px solid transparent;
    border-top-color: var(--fb-warn);
  }
  .mark.blind,
  .mark.escalated {
    border-top-color: var(--fb-bad);
  }
  .mark.recovered {
    border-top-color: var(--fb-good);
  }
  .times {
    position: relative;
    height: 16px;
    font-size: 11.5px;
    color: var(--fb-dim);
    overflow: hidden;
  }
  .times span {
    position: absolute;
    transform: translateX(-50%);
  }
  .lane {
    position: relative;
    height: 12px;
    margin-top: 2px;
    background: var(--fb-track);
    border-radius: 4px;
  }
  .lane span {
    position: absolute;
    inset-block: 0;
    border-radius: 4px;
    background: var(--c);
  }
  .prices {
    position: relative;
    height: 40px;
    margin-top: 2px;
  }
  .prices span {
    position: absolute;
    bottom: 0;
    /* Opaque and over the beginning of the next one: no seams between them. */
    padding-inline-end: 0.5px;
    background: color-mix(in srgb, var(--fb-accent) 55%, var(--fb-card));
  }
  .events {
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
    font-size: 13px;
  }
  .events li {
    padding-inline-start: 14px;
    text-indent: -14px;
  }
  .events i {
    display: inline-block;
    width: 8px;
    height: 8px;
    margin-inline-end: 6px;
    border-radius: 50%;
    background: var(--fb-warn);
  }
  .events .blind,
  .events .escalated {
    background: var(--fb-bad);
  }
  .events .recovered {
    background: var(--fb-good);
  }
`;var sn=class extends w{constructor(){super();this.made=null;this.scaled=null;this.view=W,this.at=-1}static{this.properties={shown:{attribute:!1},now:{attribute:!1},say:{attribute:!1},language:{},zone:{},view:{state:!0},at:{state:!0}}}static{this.styles=[A,cs]}render(){let{say:t,view:r}=this,s=[W,...this.shown.phases.length>1?this.shown.phases:[]],o=this.chart(r),a=this.scale(o),i=ls(this.limits(),a),{nowMs:l,hours:p,prices:u,loads:m}=this.shown,h=Kn(l,p,u,m),y={fromMs:l-p*N,toMs:h,scale:a};return d`
      <div class="top">
        <h3>${t("today")}</h3>
        ${s.length>1?d`<div class="choices">
              ${s.map($=>d`<button aria-pressed=${$===r?"true":"false"} @click=${()=>this.turn($)}>
                  ${$===W?t("total"):$}
                </button>`)}
            </div>`:c}
      </div>
      ${this.readout(o,i)}
      ${os([this.shown,r,this.at,t],()=>d`${this.picture(o,y,i)} ${Gr({...this.shown,say:t,language:this.language,zone:this.zone},y)} ${this.happenings()}`)}
    `}chart(t){return(this.made?.of!==this.shown||this.made.view!==t)&&(this.made={of:this.shown,view:t,chart:Zt(this.shown.looks,t)}),this.made.chart}scale(t){let[r]=this.limits();return(this.scaled?.of!==t||this.scaled.limit!==r)&&(this.scaled={of:t,limit:r,scale:is(t,this.limits())}),this.scaled.scale}turn(t){this.view=t,this.at=-1}limits(){let t=this.view===W?this.shown.targetW:this.shown.fuseA;return t===null?[]:[t]}unit(t){return this.view===W?L(t,this.language):U(t,this.language)}readout(t,r){let s=this.at<0?Zt([this.now],this.view):t,o=this.at<0?0:Math.min(this.at,s.times.length-1),a=s.times[o];if(a===void 0)return d`<p class="readout dim">${this.say("no_history")}</p>`;let i=this.at<0?this.say("now"):D(a,this.language,this.zone),[l,p]=["grid","sun"].map(h=>s.lines.find(y=>y.key===h)),u=this.view===W?p?.values[o]??null:null,m=s.layers.flatMap(h=>{let y=h.spans[o],$=y==null?0:y[1]-y[0];return $>0?[{layer:h,height:$}]:[]});return d`<p class="readout">
      <span>${i}</span><b>${rn(l?.colour)}${this.say("grid")} ${this.unit(l?.values[o]??null)}</b>
      ${u===null?c:d`<span>${rn(p?.colour)}${this.say("sun")} ${this.unit(u)}</span>`}
      ${r.map(h=>d`<span>${rn("var(--fb-bad)")}${this.say(this.view===W?"target":"fuse")} ${this.unit(h)}</span>`)}
      ${m.map(({layer:h,height:y})=>d`<span><i style="background: ${h.colour}"></i>${h.title||this.say(h.key==="house"?"house":"battery")} ${this.unit(y)}</span>`)}
    </p>`}picture(t,r,s){let o=this.at<0?this.shown.nowMs:t.times[this.at]??this.shown.nowMs,{low:a,high:i}=r.scale,l=p=>100*(1-(p-a)/(i-a));return d`
      <div
        class="picture"
        role="slider"
        tabindex="0"
        aria-label="${this.say("today")}, ${this.view===W?this.say("total"):this.view}"
        aria-valuemin="0"
        aria-valuemax=${Math.max(t.times.length-1,0)}
        aria-valuenow=${this.at<0?Math.max(t.times.length-1,0):this.at}
        aria-valuetext=${D(o,this.language,this.zone)}
        @pointermove=${p=>this.point(p,t,r)}
        @pointerdown=${p=>this.point(p,t,r)}
        @pointerleave=${()=>{this.at=-1}}
        @keydown=${p=>this.key(p,t)}
      >
        <svg viewBox="0 0 ${ie} ${ot}" preserveAspectRatio="none" aria-hidden="true">
          ${Kr(t,r,s)}
          ${V`<line class="cursor" x1=${B(r,o)} x2=${B(r,o)} y1="0" y2=${ot} />`}
        </svg>
        ${r.scale.ticks.map(p=>d`<span class="y" style="top: ${l(p)}%">${this.tick(p)}${p===i?` ${this.view===W?"kW":"A"}`:""}</span>`)}
        ${this.shown.events.filter(p=>p.atMs>=r.fromMs).map(p=>d`<span class="mark ${p.kind}" style="left: ${B(r,p.atMs)/10}%" title=${S(p.reason,this.say,this.language)}></span>`)}
      </div>
      <div class="times" aria-hidden="true">${$a(r).map(p=>d`<span style="left: ${B(r,p)/10}%">${D(p,this.language,this.zone)}</span>`)}</div>
    `}tick(t){let r=this.view===W?t/1e3:t;return b(r,Number.isInteger(r)?0:1,this.language)}point(t,r,s){let o=t.currentTarget.getBoundingClientRect(),a=s.fromMs+(t.clientX-o.left)/o.width*(s.toMs-s.fromMs),i=0;r.times.forEach((l,p)=>{Math.abs(l-a)<Math.abs((r.times[i]??0)-a)&&(i=p)}),this.at=i}key(t,r){let s={ArrowLeft:-1,ArrowRight:1}[t.key];if(s===void 0)return;t.preventDefault();let o=r.times.length-1,a=(this.at<0?o:this.at)+s;this.at=a>=o?-1:Math.max(a,0)}happenings(){return this.shown.events.length===0?c:d`<ul class="events">
      ${this.shown.events.slice(0,nn).map(t=>{let r=t.load===""?"":`${t.load.replaceAll("_"," ")} `,s=S(t.reason,this.say,this.language);return d`<li class="dim">
          <i class=${t.kind}></i>${D(t.atMs,this.language,this.zone)} ${r}${T(this.say,"event",t.kind)}:
          ${s}
        </li>`})}
    </ul>`}};function rn(n=""){return d`<i class="drawn" style="color: ${n}"></i>`}function $a(n){let e=Math.max(1,Math.ceil((n.toMs-n.fromMs)/N/6)),t=Math.ceil(n.fromMs/N)*N,r=[];for(let s=t;s<=n.toMs;s+=e*N)r.push(s);return r.filter(s=>B(n,s)>.04*ie&&B(n,s)<.94*ie)}k("fusebox-card-today",sn);var ms=v`
  .row {
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr) 66px;
    gap: 10px;
    align-items: center;
    height: 40px;
  }
  .sub .row {
    height: 28px;
  }
  .phase {
    font-weight: 500;
  }
  .bar {
    position: relative;
    height: 22px;
  }
  .sub .bar {
    height: 12px;
  }
  .track,
  .bar span {
    position: absolute;
    inset-block: 0;
    transition:
      left 0.6s,
      width 0.6s;
  }
  .track {
    background: var(--fb-track);
    border-radius: 5px;
  }
  .segment {
    background: var(--c);
    box-shadow: inset -1px 0 var(--fb-card);
  }
  .bar .free,
  .bar .house {
    box-sizing: border-box;
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    padding-inline: 6px;
    overflow: hidden;
    font-size: 12px;
    line-height: 22px;
    white-space: nowrap;
  }
  .bar .free {
    color: color-mix(in srgb, var(--fb-dim) 60%, var(--fb-text));
    transition: none;
  }
  .bar .house {
    justify-content: flex-start;
    padding-inline: 0;
    color: #111;
  }
  /* Where the words do not fit beside this, they wrap to where they are not seen. */
  .main .house::before,
  .bar .free::before {
    content: "";
    height: 22px;
    width: 4px;
  }
  .bar .own {
    inset-block: auto -4px;
    height: 3px;
    border-radius: 2px;
    background: var(--c);
  }
  .bar .export {
    background: var(--c), var(--fb-card);
  }
  .bar .fuse {
    width: 3px;
    margin-inline-start: -1.5px;
    inset-block: -4px;
    border-radius: 2px;
    background: var(--fb-text);
  }
  .bar .zero {
    width: 1px;
    inset-block: -3px;
    background: var(--fb-dim);
  }
  .bar .beyond {
    background: repeating-linear-gradient(-45deg, var(--fb-bad) 0 4px, transparent 4px 7px);
  }
  .over .fuse {
    background: var(--fb-bad);
  }
  .over .number b {
    color: var(--fb-bad);
  }
  .row.silent {
    height: 40px;
    color: var(--fb-dim);
    filter: grayscale(1);
    --mdc-icon-size: 13px;
  }
  .number b {
    font-size: 16px;
    font-weight: 500;
  }
  .number small {
    display: block;
    font-size: 12px;
    line-height: 1.2;
    color: var(--fb-dim);
  }
  .sub .number b {
    font-size: 14px;
  }
  h3 {
    margin-top: 6px;
    font-size: 13px;
  }
  .axis {
    position: relative;
    height: 16px;
    font-size: 11.5px;
    color: var(--fb-dim);
  }
  .axis span {
    position: absolute;
    transform: translateX(-50%);
    white-space: nowrap;
    --mdc-icon-size: 14px;
  }
  .scale {
    height: 16px;
  }
`;var on={sun:{icon:"mdi:white-balance-sunny",colour:Y},battery:{icon:"mdi:battery-medium",colour:ue}},an=class extends w{static{this.properties={wires:{attribute:!1},axis:{attribute:!1},say:{attribute:!1},language:{},voltage:{type:Number},own:{}}}static{this.styles=[A,ms]}render(){return d`${this.wires.map(e=>this.wire(e))}`}wire(e){let t=e.name==="main",r=`${b(e.fuseA,e.fuseA%1===0?0:1,this.language)} A`;return d`<section class=${t?"main":"sub"}>
      ${t?c:d`<h3>${e.name.replaceAll("_"," ")} <span class="dim">${r}</span></h3>`}
      ${e.bars.map(s=>this.bar(s,t))}
      ${t?this.scale(e.fuseA,r):c}
    </section>`}bar(e,t){return d`<div class="row ${e.over?"over":""} ${e.silentMin===null?"":"silent"}">
      <span class="phase">${e.phase}</span>
      <div class="bar" role="img" aria-label=${this.told(e)}>
        <div class="track" style=${this.place(Math.max(this.axis.leftA,-e.fuseA),e.fuseA)}></div>
        ${t?this.free(e):c}
        ${e.segments.map(r=>d`<span
            class="segment ${r.key}"
            title="${this.called(r)} ${U(r.toA-r.fromA,this.language)}"
            style="--c: ${r.colour}; ${this.place(r.fromA,r.toA)}"
            >${t&&r.key==="house"?`${b(r.toA-r.fromA,0,this.language)} A `:c}</span
          >`)}
        ${this.made(e)} ${e.beyondA===null?c:d`<span class="beyond" style=${this.place(...e.beyondA)}></span>`}
        ${this.axis.leftA<0?d`<span class="zero" style="left: ${this.percent(0)}%"></span>`:c}
        ${this.axis.leftA<=-e.fuseA?d`<span class="fuse" style="left: ${this.percent(-e.fuseA)}%"></span>`:c}
        <span class="fuse" style="left: ${this.percent(e.fuseA)}%"></span>
      </div>
      <span class="number">
        <b>${U(e.flowA,this.language)}</b>
        ${e.silentMin===null?c:d`<small><ha-icon icon="mdi:clock-alert-outline"></ha-icon> ${e.silentMin} min</small>`}
        ${t&&e.silentMin===null?d`<small>${L(e.flowA===null?null:e.flowA*this.voltage,this.language)}</small>`:c}
      </span>
    </div>`}free({flowA:e,freeA:t,fuseA:r,over:s}){if(e===null||t===null||s)return c;let o=`${b(t,0,this.language)} A ${this.say("free")}`;return d`<span class="free" style=${this.place(Math.max(e,0),r)}>${o}</span>`}made({ownA:e,exportA:t}){if(e<Oe)return c;let{colour:r}=on[this.own],s=`${this.say("export")} ${U(t,this.language)}`;return d`
      ${t<Oe?c:d`<span class="export" title=${s} style="--c: ${Ge(pe)}; ${this.place(-t,0)}"></span>`}
      <span class="own" style="--c: ${r}; ${this.place(-e,0)}"></span>
    `}scale(e,t){return d`<div class="row scale" aria-hidden="true">
      <span></span>
      <div class="axis">
        ${this.axis.leftA<0?d`<span style="left: ${this.percent(this.axis.leftA/2)}%; color: ${on[this.own].colour}"><ha-icon icon=${on[this.own].icon}></ha-icon></span>
              <span style="left: ${this.percent(0)}%">0</span>`:c}
        <span style="left: ${this.percent(e)}%">${t}</span>
      </div>
    </div>`}percent(e){let{leftA:t,rightA:r}=this.axis;return Math.round(1e4*(Math.min(Math.max(e,t),r)-t)/(r-t))/100}place(e,t){let r=this.percent(e);return`left: ${r}%; width: ${(this.percent(t)-r).toFixed(2)}%`}called(e){return e.title||this.say(e.key==="battery"?"battery":"house")}told(e){let{say:t,language:r}=this,s=e.segments.map(l=>`${this.called(l)} ${U(l.toA-l.fromA,r)}`),o=e.exportA<Oe?"":`${t("export")} ${U(e.exportA,r)}`,a=e.freeA===null?"":`${U(Math.abs(e.freeA),r)} ${t(e.freeA<0?"over":"free")}`,i=e.silentMin===null?"":t("old",e.silentMin);return[`${e.phase} ${U(e.flowA,r)} ${t("of_fuse",U(e.fuseA,r))}`,...s,o,a,i].filter(l=>l!=="").join(", ")}};k("fusebox-card-wire",an);var Le=new Map,ln=4,_a=1e3;function fs(n,e,t){return en(e,t).map(r=>Le.get(dn(n,r))).filter(r=>r!=null).reverse()}async function hs(n,e,t,r,s){let o=en(t,r).filter(a=>!Le.has(dn(e,a)));Le.size>_a&&Le.clear();for(let a=0;a<o.length;a+=ln){let i=o.slice(a,a+ln);try{let l=await Promise.all(i.map(p=>lt(n,p,e)));i.forEach((p,u)=>Le.set(dn(e,p),l[u]??null))}catch{return!1}a%(ln*6)===0&&s()}return o.length>0&&s(),!0}function dn(n,e){return`${n.join(" ")} ${e}`}var ka=1e4,Aa=6e4,dt=class{constructor(e){this.host=e;this.past=[];this.events=[];this.last=null;this.asked={atMs:0,hours:0,loads:""};this.asking=!1}shown(e,t,r){let s=Date.now();if(this.ask(e,t,r,s),this.last===null||this.last.hours!==r||s-this.last.nowMs>ka){let{site:o,loads:a,tariff:i}=e;this.last={looks:[...this.past,tn(t.states,s,o.loads)],loads:a,events:this.events,prices:$t(t.states),priceUnit:e.priceUnit,phases:o.phases,targetW:i?.targetKw==null?null:i.targetKw*1e3,fuseA:o.fuseA,hours:r,nowMs:s}}return this.last}async ask({site:e},t,r,s){let o=e.loads.join(" "),a=s-this.asked.atMs<Aa&&this.asked.hours===r&&this.asked.loads===o;if(this.asking||a)return;this.asking=!0,this.asked={atMs:s,hours:r,loads:o};let i=()=>{this.past=fs(e.loads,s,r),this.last=null,this.host.requestUpdate()};this.events=await us(t,s-r*36e5),await hs(t,e.loads,s,r,i),this.asking=!1,i()}};var pn=new Map;function un(n,e=f,t=r=>import(r)){let r=Nt(n);if(Sr(r)||!e.includes(r))return null;let s=pn.get(r);if(s!==void 0)return s;let o=t(Sa(r,import.meta.url)).then(a=>Or(r,a.default)).catch(a=>console.warn(`Fusebox card: no words for ${r}, so it stays English.`,a)).finally(()=>pn.delete(r));return pn.set(r,o),o}function Sa(n,e,t="1.0.0"){let r=new URL(`fusebox-card.${n}.js`,e);return r.search=new URL(e).search||`?v=${t}`,r.href}var Oa=3,Ra=6,cn=class extends w{constructor(){super();this.seen={link:"whole",startingMs:0};this.lostMs=null;this.spoken="";this.axis=null;this.asking=new Qe(this);this.source=new dt(this);this.house=null,this.age=null}static{this.properties={config:{state:!0},house:{state:!0},link:{state:!0},age:{state:!0}}}static{this.styles=[A,Ar]}setConfig(t){let{hours:r}=t;if(r!==void 0&&!(r>=1&&r<=48))throw new Error(`hours: ${r} is not from 1 to 48`);this.config=t}set hass(t){this.current=t,this.learn(t.language),this.house=xr(t.states,this.house),this.lookAtLink(),this.asking.settle()}static getConfigForm(){return Er(pt())}static getStubConfig(){return{}}getCardSize(){return 12}getGridOptions(){return{columns:"full",min_columns:6}}connectedCallback(){super.connectedCallback(),this.timer=setInterval(()=>{this.asking.settle(),this.lookAtLink()},1e3)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.timer),this.spoken=""}render(){let{house:t,current:r}=this;if(t===null||r===void 0)return c;let{site:s,loads:o}=t,a=oe(r.language),i=Et(r),l=$r(s,o);return this.axis=kr(l,this.axis),d`<ha-card>
      <div class="parts ${this.link} ${this.age===null?"":`old-${this.age.of}`}">
        <section class="wire">
          <fusebox-card-head .site=${s} .say=${a} .language=${i} .heading=${this.config.title??""} .link=${this.link} .age=${this.age}></fusebox-card-head>
          ${s.phases.length===0?c:d`<fusebox-card-flow .site=${s} .flow=${Je(s,o)} .say=${a} .language=${i}></fusebox-card-flow>
                <fusebox-card-wire
                  .wires=${l}
                  .axis=${this.axis}
                  .say=${a}
                  .language=${i}
                  .voltage=${s.voltageV}
                  .own=${or(s)}
                ></fusebox-card-wire>`}
          ${t.tariff===null?c:d`<fusebox-card-tariff .tariff=${t.tariff} .say=${a} .language=${i}></fusebox-card-tariff>`}
          ${s.state==="missing"?c:d`<fusebox-card-sessions
                .loads=${o}
                .priceUnit=${t.priceUnit}
                .say=${a}
                .language=${i}
                .zone=${r.config?.time_zone}
              ></fusebox-card-sessions>`}
        </section>
        ${s.state==="missing"?c:d`<section class="loads">${this.loads(t,a,i)}</section>`}
        ${this.config.hide_today===!0||s.phases.length===0?c:d`<section class="today">${this.today(t,r,a)}</section>`}
      </div>
      ${s.state==="missing"||s.fuseA===null?c:this.settings(t,r,a,i)}
      ${rr(s,"1.0.0")?d`<footer>${a("versions","1.0.0",s.version)}</footer>`:c}
    </ha-card>`}loads({loads:t,groups:r,priceUnit:s,priceSpan:o},a,i){let l=this.config.controls??"auto",p=l==="always"||l==="auto"&&t.length<=Oa;return d`
      ${t.map(u=>d`<fusebox-card-load
          .load=${u}
          .asks=${this.asking.asks}
          .priceUnit=${s}
          .priceSpan=${o}
          .say=${a}
          .language=${i}
          .zone=${this.current?.config?.time_zone}
          .pinned=${p}
        ></fusebox-card-load>`)}
      ${t.length===0?d`<p class="dim">${a("no_loads")}</p>`:c}
      ${r.map(u=>d`<fusebox-card-radiators .group=${u} .say=${a}></fusebox-card-radiators>`)}
    `}settings({site:t,loads:r},{states:s},o,a){let i=[{title:"",settings:Ot(s,t,M)},...r.map(l=>({title:l.title,settings:Ot(s,t,l.entity)}))].filter(l=>l.settings.length>0);return d`<fusebox-card-settings .groups=${i} .asks=${this.asking.asks} .say=${o} .language=${a}></fusebox-card-settings>`}today(t,r,s){return d`<fusebox-card-today
      .now=${{atMs:Date.now(),site:t.site,loads:t.loads}}
      .shown=${this.source.shown(t,r,this.config.hours??Ra)}
      .say=${s}
      .language=${Et(r)}
      .zone=${r.config?.time_zone}
    ></fusebox-card-today>`}learn(t){t!==this.spoken&&(this.spoken=t,un(t)?.then(()=>this.requestUpdate()))}lookAtLink(){this.current!==void 0&&(this.seen=pr(this.current,this.seen,Date.now()),this.link=this.seen.link,this.lostMs=this.link==="unreachable"?this.lostMs??Date.now():null,this.age=mr(this.age,cr(this.current.states[M],this.link,this.lostMs,Date.now())))}};function pt(){return document.documentElement.lang||"en"}k("fusebox-card",cn);Tr();var Ea=window.customCards??=[];un(pt());Ea.push({type:"fusebox-card",preview:!0,get name(){return oe(pt())("name")},get description(){return oe(pt())("description")}});export{cn as FuseboxCard};
